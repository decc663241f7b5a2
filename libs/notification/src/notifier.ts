import { abortableDelay, backOffMs } from '@framegate/service-kit';
import type { Channel } from './channels/channel.ts';
import { DeliveryError } from './channels/channel.ts';
import type { Notification } from './notification.ts';

export interface NotifierOptions {
  readonly channels: readonly Channel[];
  readonly nowUs: () => number;
  readonly random: () => number;
  /** Of the thing that happened, at the moment of each attempt. */
  readonly thumbnailOf: (appearanceId: string) => Promise<Uint8Array | undefined>;
  /** What came of it: from capture to the receiver's word, seconds. */
  readonly onDelivered: (channel: Channel, notification: Notification, seconds: number) => void;
  readonly onFailed: (channel: Channel, notification: Notification, error: unknown) => void;
  readonly retry?: RetryPolicy;
}

export interface RetryPolicy {
  readonly attempts: number;
  readonly initialMs: number;
  readonly maxMs: number;
}

/** About ten minutes: later, an alert is no alert. */
const patient: RetryPolicy = { attempts: 10, initialMs: 1000, maxMs: 120_000 };
/** Of one channel: a receiver that is away for long must not take all memory. */
const maxWaiting = 200;

/** Delivers through each channel by itself: one that is away holds up no other. */
export interface Notifier {
  /** @param channels names of the channels; unknown ones are passed over */
  notify(notification: Notification, channels: readonly string[]): void;
  /** One attempt, now: for a test button. @throws DeliveryError */
  tryOnce(notification: Notification, channel: string): Promise<void>;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export function createNotifier(options: NotifierOptions): Notifier {
  const { channels, nowUs, random, thumbnailOf, onDelivered, onFailed, retry = patient } = options;
  const stopping = new AbortController();
  const waiting = new Map(channels.map(({ name }) => [name, 0]));
  const underWay = new Set<Promise<void>>();

  const attempt = async (channel: Channel, notification: Notification): Promise<void> => {
    const { appearanceId } = notification;
    const thumbnail =
      appearanceId === undefined ? undefined : await thumbnailOf(appearanceId).catch(() => undefined);
    await channel.deliver(notification, thumbnail);
    onDelivered(channel, notification, (nowUs() - notification.atUs) / 1e6);
  };
  const deliver = async (channel: Channel, notification: Notification): Promise<void> => {
    for (let tries = 0; ; tries++) {
      try {
        return await attempt(channel, notification);
      } catch (error) {
        const isFinal = error instanceof DeliveryError && error.isFinal;
        const goesOn =
          !isFinal &&
          tries + 1 < retry.attempts &&
          (await abortableDelay(backOffMs(tries, { ...retry, random }), stopping.signal));
        if (!goesOn) return onFailed(channel, notification, error);
      }
    }
  };

  return {
    notify(notification, names) {
      for (const channel of channels) {
        if (!names.includes(channel.name)) continue;
        const before = waiting.get(channel.name) ?? 0;
        if (before >= maxWaiting) {
          onFailed(channel, notification, new DeliveryError('too many are waiting', { isFinal: true }));
          continue;
        }
        waiting.set(channel.name, before + 1);
        const delivery = deliver(channel, notification).finally(() => {
          waiting.set(channel.name, (waiting.get(channel.name) ?? 1) - 1);
          underWay.delete(delivery);
        });
        underWay.add(delivery);
      }
    },
    async tryOnce(notification, name) {
      const channel = channels.find((known) => known.name === name);
      if (!channel) throw new DeliveryError(`no channel is called ${name}`, { isFinal: true });
      await channel.deliver(notification, undefined);
    },
    async settled() {
      await Promise.all(underWay);
    },
    async close() {
      stopping.abort();
      await Promise.all(underWay);
      await Promise.all(channels.map((channel) => channel.close()));
    },
  };
}
