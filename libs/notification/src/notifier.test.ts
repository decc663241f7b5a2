import { describe, expect, it, vi } from 'vitest';
import type { Channel } from './channels/channel.ts';
import { DeliveryError } from './channels/channel.ts';
import type { Notification } from './notification.ts';
import { createNotifier } from './notifier.ts';
import type { Delivery, Outbox } from './outbox.ts';

const notification: Notification = {
  id: 'r.a',
  ruleId: 'r',
  ruleName: 'Yard',
  kind: 'appearance',
  cameraId: 'north/gate',
  text: 'person',
  atUs: 1e6,
  appearanceId: 'a',
};
const jpeg = new Uint8Array([1]);

/** A line that two consoles share; what it does not answer fails. */
function line() {
  const inLine = new Map<string, Delivery>();
  const keyOf = ({ channel, notification: { id } }: Delivery) => `${id} ${channel}`;
  const known = new Set<string>();
  let left: Delivery[] = [];
  const outbox: Outbox = {
    async put(deliveries) {
      const ours = deliveries.filter((delivery) => !known.has(keyOf(delivery)));
      for (const delivery of ours) {
        known.add(keyOf(delivery));
        inLine.set(keyOf(delivery), delivery);
      }
      return ours;
    },
    settle: async (delivery) => void inLine.delete(keyOf(delivery)),
    takeLeft: async () => left.splice(0),
    leave: async () => void (left = [...inLine.values()]),
  };
  return { outbox, inLine };
}

const away = () => Promise.reject(new Error('the store is away'));
const none: Outbox = { put: away, settle: away, takeLeft: away, leave: away };

function create(deliver: Channel['deliver'], attempts = 5, outbox: Outbox = none) {
  const channel: Channel = { name: 'hook', kind: 'webhook', address: '', deliver, close: async () => {} };
  const onDelivered = vi.fn<Parameters<typeof createNotifier>[0]['onDelivered']>();
  const onFailed = vi.fn<Parameters<typeof createNotifier>[0]['onFailed']>();
  const notifier = createNotifier({
    channels: [channel],
    outbox,
    onTrouble: () => {},
    nowUs: () => 3.5e6,
    random: () => 0.5,
    thumbnailOf: async () => jpeg,
    onDelivered,
    onFailed,
    retry: { attempts, initialMs: 1, maxMs: 2 },
  });
  return { notifier, channel, onDelivered, onFailed };
}

describe('the notifier', () => {
  it('tries again until it is delivered, with the picture, and says how long it took from the capture', async () => {
    let tries = 0;
    const pictures: (Uint8Array | undefined)[] = [];
    const { notifier, channel, onDelivered, onFailed } = create(async (_, picture) => {
      pictures.push(picture);
      tries += 1;
      if (tries < 3) throw new DeliveryError('away', { isFinal: false });
    });
    notifier.notify(notification, ['hook', 'unknown']);
    await notifier.settled();
    expect(onDelivered.mock.calls).toEqual([[channel, notification, 2.5]]);
    expect(onFailed).not.toHaveBeenCalled();
    expect(pictures).toEqual([jpeg, jpeg, jpeg]);
  });

  it('gives up after its attempts, and at once where another one would fail, too', async () => {
    for (const [isFinal, expected] of [
      [false, 5],
      [true, 1],
    ] as const) {
      let tries = 0;
      const { notifier, onFailed } = create(async () => {
        tries += 1;
        throw new DeliveryError('no', { isFinal });
      });
      notifier.notify(notification, ['hook']);
      await notifier.settled();
      expect(tries).toBe(expected);
      expect(onFailed).toHaveBeenCalledOnce();
    }
  });

  it('keeps only so many while a receiver is away, and ends at once when it is closed', async () => {
    const { notifier, onFailed } = create(async () => {
      throw new DeliveryError('away', { isFinal: false });
    }, 1e9);
    for (let i = 0; i < 210; i++) notifier.notify({ ...notification, id: `r.${i}` }, ['hook']);
    await expect.poll(() => onFailed.mock.calls.length).toBe(10);
    expect(notifier.waiting('hook')).toBe(200);
    await notifier.close();
    expect(notifier.waiting('hook')).toBe(0);
    expect(onFailed).toHaveBeenCalledTimes(10);
  });

  it('tells once what two of them find out, and what one of them leaves is told by the other', async () => {
    const { outbox, inLine } = line();
    const told: string[] = [];
    const busy = create(() => Promise.reject(new DeliveryError('away', { isFinal: false })), 1e9, outbox);
    const other = create(async ({ id }) => void told.push(id), 5, outbox);
    busy.notifier.notify(notification, ['hook']);
    await expect.poll(() => inLine.size).toBe(1);
    other.notifier.notify(notification, ['hook']);
    await other.notifier.settled();
    expect(told).toEqual([]);
    await busy.notifier.close();
    await other.notifier.resume();
    await other.notifier.settled();
    expect(told).toEqual([notification.id]);
    expect(inLine.size).toBe(0);
  });

  it('gives up what was left for so long that it is no news any more', async () => {
    const { outbox, inLine } = line();
    const told: string[] = [];
    const { notifier, onFailed } = create(async ({ id }) => void told.push(id), 5, outbox);
    notifier.notify({ ...notification, atUs: -3600e6 }, ['hook']);
    await notifier.settled();
    expect(onFailed).toHaveBeenCalledOnce();
    expect([told, inLine.size]).toEqual([[], 0]);
  });
});
