import { abortableDelay, backOffMs } from '@framegate/service-kit';
import type { Channel } from './channels/channel.ts';
import { DeliveryError } from './channels/channel.ts';
import type { Notification } from './notification.ts';
import type { Delivery, Outbox } from './outbox.ts';

export interface NotifierOptions {
  readonly channels: readonly Channel[];
  readonly outbox: Outbox;
  readonly nowUs: () => number;
  readonly random: () => number;
  /** Of the thing that happened, at the moment of each attempt. */
  readonly thumbnailOf: (appearanceId: string) => Promise<Uint8Array | undefined>;
  /** What came of it: from capture to the receiver's word, seconds. */
  readonly onDelivered: (channel: Channel, notification: Notification, seconds: number) => void;
  readonly onFailed: (channel: Channel, notification: Notification, error: unknown) => void;
  /** The outbox does not answer. Notifications go on without it. */
  readonly onTrouble: (error: unknown) => void;
  readonly retry?: RetryPolicy;
}

export interface RetryPolicy {
  readonly attempts: number;
  readonly initialMs: number;
  readonly maxMs: number;
}

/** About ten minutes: later, an alert is no alert. */
const patient: RetryPolicy = { attempts: 10, initialMs: 1000, maxMs: 120_000 };
/** Older ones that were left behind are given up. */
const currentUs = 15 * 60e6;
/** Of one channel: a receiver that is away for long must not take all memory. */
const maxWaiting = 200;

/** Delivers through each channel by itself: one that is away holds up no other. */
export interface Notifier {
  /** @param channels names of the channels; unknown ones are passed over */
  notify(notification: Notification, channels: readonly string[]): void;
  /** Goes on with what consoles that ended have left. Call it each few seconds. */
  resume(): Promise<void>;
  /** One attempt, now: for a test button. @throws DeliveryError */
  tryOnce(notification: Notification, channel: string): Promise<void>;
  /** How many are on their way through a channel, or wait to be tried again. */
  waiting(channel: string): number;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
  /** What is not delivered yet is left in the outbox. */
  close(): Promise<void>;
}

export function createNotifier(options: NotifierOptions): Notifier {
  const { channels, outbox, nowUs, random, onDelivered, onFailed, onTrouble, retry = patient } = options;
  const stopping = new AbortController();
  const waiting = new Map(channels.map(({ name }) => [name, 0]));
  const underWay = new Set<Promise<void>>();
  /** While the outbox is away for long it may give out what is on its way from here. */
  const delivering = new Set<string>();

  const attempt = async (channel: Channel, notification: Notification): Promise<void> => {
    const { appearanceId } = notification;
    const thumbnail =
      appearanceId === undefined ? undefined : await options.thumbnailOf(appearanceId).catch(() => undefined);
    await channel.deliver(notification, thumbnail);
    onDelivered(channel, notification, (nowUs() - notification.atUs) / 1e6);
  };
  /** @returns whether it is over, delivered or given up */
  const attempts = async (channel: Channel, notification: Notification): Promise<boolean> => {
    for (let tries = 0; ; tries++) {
      try {
        await attempt(channel, notification);
        return true;
      } catch (error) {
        const isFinal = error instanceof DeliveryError && error.isFinal;
        if (isFinal || tries + 1 >= retry.attempts) {
          onFailed(channel, notification, error);
          return true;
        }
        if (!(await abortableDelay(backOffMs(tries, { ...retry, random }), stopping.signal))) return false;
      }
    }
  };
  const deliver = async (delivery: Delivery): Promise<void> => {
    const { notification } = delivery;
    const channel = channels.find(({ name }) => name === delivery.channel);
    if (!channel) {
      onTrouble(
        new DeliveryError(`no channel is called ${delivery.channel}: it was left by a console that had it`, {
          isFinal: true,
        }),
      );
      return outbox.settle(delivery).catch(onTrouble);
    }
    const before = waiting.get(channel.name) ?? 0;
    const problem =
      before >= maxWaiting ? 'too many are waiting'
      : nowUs() - notification.atUs > currentUs ? 'it was left behind for too long'
      : undefined; // prettier-ignore
    if (problem !== undefined) onFailed(channel, notification, new DeliveryError(problem, { isFinal: true }));
    else {
      waiting.set(channel.name, before + 1);
      const isOver = await attempts(channel, notification);
      waiting.set(channel.name, (waiting.get(channel.name) ?? 1) - 1);
      if (!isOver) return;
    }
    await outbox.settle(delivery).catch(onTrouble);
  };
  const deliverOnce = async (delivery: Delivery): Promise<void> => {
    const key = `${delivery.notification.id} ${delivery.channel}`;
    if (delivering.has(key)) return;
    delivering.add(key);
    await deliver(delivery).finally(() => delivering.delete(key));
  };
  const start = (work: () => Promise<void>): void => {
    const going = work().finally(() => underWay.delete(going));
    underWay.add(going);
  };

  return {
    notify(notification, names) {
      const known = channels.filter(({ name }) => names.includes(name));
      const wanted = known.map((channel) => ({ channel: channel.name, notification }));
      if (wanted.length === 0) return;
      start(async () => {
        const ours = await outbox.put(wanted).catch((error: unknown) => {
          // Told by several is better than by none: receivers know the id.
          onTrouble(error);
          return wanted;
        });
        await Promise.all(ours.map(deliverOnce));
      });
    },
    async resume() {
      for (const delivery of await outbox.takeLeft()) start(() => deliverOnce(delivery));
    },
    async tryOnce(notification, name) {
      const channel = channels.find((known) => known.name === name);
      if (!channel) throw new DeliveryError(`no channel is called ${name}`, { isFinal: true });
      await channel.deliver(notification, undefined);
    },
    waiting: (channel) => waiting.get(channel) ?? 0,
    async settled() {
      await Promise.all(underWay);
    },
    async close() {
      stopping.abort();
      await Promise.all(underWay);
      await outbox.leave().catch(onTrouble);
      await Promise.all(channels.map((channel) => channel.close()));
    },
  };
}
