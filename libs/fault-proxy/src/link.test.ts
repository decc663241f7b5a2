import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLink } from './link.ts';

const never = (): number => 0.999;

describe('a link', () => {
  it('lets through at once what it does not slow down', () => {
    const link = createLink<string>(never);
    link.push(5, 1_000_000, 'a');
    expect(link.take(5)).toEqual(['a']);
    expect(link.nextMs()).toBe(Number.POSITIVE_INFINITY);
  });

  it('serves one after the other at its rate, then delays', () => {
    const link = createLink<string>(never, { bytesPerSecond: 1000, delayMs: 50 });
    link.push(0, 100, 'a');
    link.push(0, 200, 'b');
    expect(link.take(149.9)).toEqual([]);
    expect(link.take(150)).toEqual(['a']);
    expect(link.take(350)).toEqual(['b']);
  });

  it('neither loses nor delivers while it is cut, and goes on when it is open again', () => {
    const link = createLink<string>(never, { bytesPerSecond: 1000 });
    link.push(0, 100, 'a');
    link.set(50, { open: false });
    expect(link.take(10_000)).toEqual([]);
    link.set(10_000, { open: true });
    expect(link.take(10_099)).toEqual([]);
    expect(link.take(10_100)).toEqual(['a']);
  });

  it('serves what waits at the rate that holds when its turn comes', () => {
    const link = createLink<string>(never, { bytesPerSecond: 1 });
    link.push(0, 100, 'a');
    link.set(1000, { bytesPerSecond: 1000 });
    expect(link.take(1100)).toEqual(['a']);
  });

  it('delivers everything once, in order, and never before its time', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ gapMs: fc.nat(50), bytes: fc.integer({ min: 1, max: 5000 }) }), {
          maxLength: 60,
        }),
        fc.record({
          bytesPerSecond: fc.integer({ min: 100, max: 1_000_000 }),
          delayMs: fc.nat(300),
          jitterMs: fc.nat(100),
          lossShare: fc.double({ min: 0, max: 0.5, noNaN: true }),
        }),
        fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
        (arrivals, conditions, stream) => {
          const link = createLink<number>(() => stream.next().value ?? 0, conditions);
          const pushedMs: number[] = [];
          let nowMs = 0;
          for (const [index, { gapMs, bytes }] of arrivals.entries()) {
            nowMs += gapMs;
            pushedMs.push(nowMs);
            link.push(nowMs, bytes, index);
          }
          const arrived: number[] = [];
          for (let next = link.nextMs(); next !== Number.POSITIVE_INFINITY; next = link.nextMs()) {
            nowMs = Math.max(nowMs, next);
            for (const index of link.take(nowMs)) {
              arrived.push(index);
              const least = pushedMs[index]! + conditions.delayMs + (1000 * arrivals[index]!.bytes) / conditions.bytesPerSecond; // prettier-ignore
              expect(nowMs).toBeGreaterThanOrEqual(least - 1e-6);
            }
          }
          expect(arrived).toEqual(arrivals.map((_, index) => index));
          expect(link.waitingBytes).toBe(0);
        },
      ),
    );
  });

  it('is slower the more it loses', () => {
    const durationMs = (lossShare: number): number => {
      const link = createLink<number>(never, { delayMs: 50, lossShare });
      for (let i = 0; i < 50; i++) link.push(0, 4096, i);
      let nowMs = 0;
      for (let next = link.nextMs(); next !== Number.POSITIVE_INFINITY; next = link.nextMs())
        link.take((nowMs = next));
      return nowMs;
    };
    expect(durationMs(0)).toBe(50);
    expect(durationMs(0.01)).toBeGreaterThan(durationMs(0.001));
    expect(durationMs(0.1)).toBeGreaterThan(durationMs(0.01));
  });

  it('names everything that is no possible condition', () => {
    expect(() => createLink(never, { bytesPerSecond: 0, delayMs: -1, lossShare: 1 })).toThrow(
      /bytesPerSecond is 0.*delayMs is -1.*lossShare is 1/,
    );
  });
});
