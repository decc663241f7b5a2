import { describe, expect, it } from 'vitest';
import { createLearningPlaces } from './learning-places.ts';

describe('places for cameras that learn', () => {
  it('let one more in for each that has learned, is decoded for good, or is not reached', async () => {
    const places = createLearningPlaces(3);
    const [a, b, c] = [await places.take(), await places.take(), await places.take()];
    const entered: number[] = [];
    const waiting = [1, 2, 3, 4].map(async (number) => {
      await places.take();
      entered.push(number);
    });
    b.onStatus({ state: 'connecting', reason: '' });
    b.onStatus({ state: 'online', reason: '' });
    await Promise.resolve();
    expect(entered).toEqual([]);
    a.free();
    a.free();
    await waiting[0];
    b.onStatus({ state: 'online', reason: 'every frame is decoded: …' });
    await waiting[1];
    c.onStatus({ state: 'offline', reason: 'refused' });
    await waiting[2];
    expect(entered).toEqual([1, 2, 3]);
    places.open();
    await waiting[3];
  });
});
