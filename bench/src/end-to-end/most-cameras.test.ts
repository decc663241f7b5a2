import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostCameras } from './most-cameras.ts';

describe('mostCameras', () => {
  it('finds the last number that fits, in as many runs as doubling and halving take', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 100 }), async (limit) => {
        const asked: number[] = [];
        const most = await mostCameras(async (cameras) => {
          asked.push(cameras);
          return cameras <= limit;
        }, 64);
        expect(most).toBe(Math.min(limit, 64));
        expect(new Set(asked).size).toBe(asked.length);
        expect(asked.length).toBeLessThanOrEqual(14);
      }),
    );
  });

  it('finds it from any guess, from a good one in at most four runs', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 70 }),
        fc.integer({ min: 0, max: 70 }),
        async (limit, guess) => {
          const asked = new Set<number>();
          const most = await mostCameras(
            async (cameras) => {
              asked.add(cameras);
              return cameras <= limit;
            },
            64,
            guess,
          );
          expect(most).toBe(Math.min(limit, 64));
          if (Math.abs(limit - guess) <= 1) expect(asked.size).toBeLessThanOrEqual(4);
        },
      ),
    );
  });
});
