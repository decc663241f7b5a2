import { describe, expect, it, vi } from 'vitest';
import type { Channel } from './channels/channel.ts';
import { DeliveryError } from './channels/channel.ts';
import type { Notification } from './notification.ts';
import { createNotifier } from './notifier.ts';

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

function create(deliver: Channel['deliver'], attempts = 5) {
  const channel: Channel = { name: 'hook', kind: 'webhook', address: '', deliver, close: async () => {} };
  const onDelivered = vi.fn<Parameters<typeof createNotifier>[0]['onDelivered']>();
  const onFailed = vi.fn<Parameters<typeof createNotifier>[0]['onFailed']>();
  const notifier = createNotifier({
    channels: [channel],
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
    for (let i = 0; i < 210; i++) notifier.notify(notification, ['hook']);
    expect(onFailed).toHaveBeenCalledTimes(10);
    await notifier.close();
    expect(onFailed).toHaveBeenCalledTimes(210);
  });
});
