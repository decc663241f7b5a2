import type { MessageQueue } from '@framegate/history-store';
import { z } from 'zod';
import type { Notification } from './notification.ts';
import { notificationSchema } from './notification.ts';

/** A notification on its way through one channel. */
export interface Delivery {
  readonly channel: string;
  readonly notification: Notification;
}

/**
 * Where notifications wait until they are delivered: none is lost with its process, and of several consoles one tells.
 * While the store is away its calls fail.
 */
export interface Outbox {
  /** @returns those that are this console's to deliver; the others were put in before */
  put(deliveries: readonly Delivery[]): Promise<readonly Delivery[]>;
  settle(delivery: Delivery): Promise<void>;
  /** Keeps what this console has for longer, and takes what consoles that ended have left. Call it each few seconds. */
  takeLeft(): Promise<readonly Delivery[]>;
  /** Leaves what this console has to whoever comes next. */
  leave(): Promise<void>;
}

/** After a crash others wait for so long. */
const holdUs = 30e6;
const mostAtOnce = 100;

const deliverySchema = z.object({ channel: z.string(), notification: notificationSchema });

/** @param holder unique for each process */
export function createOutbox(queue: MessageQueue, holder: string, nowUs: () => number): Outbox {
  const hold = () => ({ holder, untilUs: Math.round(nowUs() + holdUs) });
  return {
    async put(deliveries) {
      const messages = deliveries.map((message) => ({
        id: idOf(message),
        atUs: Math.round(message.notification.atUs),
        message,
      }));
      const ours = new Set(await queue.put(messages, hold()));
      return deliveries.filter((delivery) => ours.has(idOf(delivery)));
    },
    settle: (delivery) => queue.settle([idOf(delivery)]),
    async takeLeft() {
      await queue.hold(hold());
      const left = await queue.take(hold(), Math.round(nowUs()), mostAtOnce);
      return left.map(({ message }) => deliverySchema.parse(message));
    },
    leave: () => queue.hold({ holder, untilUs: 0 }),
  };
}

function idOf({ channel, notification }: Delivery): string {
  return `${notification.id} ${channel}`;
}
