import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createViewerQueue } from './viewer-queue.ts';

const limits = { maxUndrawn: 3, maxBufferedBytes: 1000 };

function watching(...cameras: string[]) {
  const queue = createViewerQueue(limits);
  queue.watch(cameras);
  for (let next = queue.next(0); next; next = queue.next(0)) queue.drawn(next.number);
  return queue;
}

describe('the queue of a viewer', () => {
  it('sends what is watched and nothing else', () => {
    const queue = createViewerQueue(limits);
    queue.offer('a');
    expect(queue.next(0)).toBeUndefined();
    queue.watch(['a']);
    expect(queue.next(0)).toEqual({ cameraId: 'a', number: 1 });
    queue.offer('b');
    expect(queue.next(0)).toBeUndefined();
  });

  it('gives a slow browser one picture of a camera, however many there were', () => {
    const queue = createViewerQueue({ ...limits, maxUndrawn: 1 });
    queue.watch(['a']);
    const first = queue.next(0);
    for (let i = 0; i < 100; i++) queue.offer('a');
    expect(queue.next(0)).toBeUndefined();
    queue.drawn(first?.number ?? 0);
    expect(queue.next(0)?.cameraId).toBe('a');
    queue.drawn(2);
    expect(queue.next(0)).toBeUndefined();
  });

  it('holds back while much has not left this machine', () => {
    const queue = createViewerQueue(limits);
    queue.watch(['a']);
    expect(queue.next(1001)).toBeUndefined();
    expect(queue.next(1000)?.cameraId).toBe('a');
  });

  it('believes no browser that has drawn what was never sent', () => {
    const queue = createViewerQueue({ ...limits, maxUndrawn: 1 });
    queue.watch(['a', 'b']);
    queue.next(0);
    queue.drawn(99);
    expect(queue.next(0)).toBeUndefined();
  });

  it('passes over no camera, however much faster others are', () => {
    const queue = watching('fast', 'slow');
    queue.offer('fast');
    queue.offer('slow');
    const served: string[] = [];
    for (let i = 0; i < 4; i++) {
      queue.offer('fast');
      const next = queue.next(0);
      served.push(next?.cameraId ?? '');
      queue.drawn(next?.number ?? 0);
      queue.offer('fast');
    }
    expect(served).toContain('slow');
  });

  it('never has more on the way than allowed', () => {
    const step = fc.oneof(
      fc.record({ offer: fc.constantFrom('a', 'b', 'c', 'd') }),
      fc.record({ drawn: fc.nat(30) }),
      fc.record({ buffered: fc.nat(2000) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const queue = createViewerQueue(limits);
        queue.watch(['a', 'b', 'c', 'd']);
        let [sent, drawn] = [0, 0];
        for (const one of steps) {
          if ('offer' in one) queue.offer(one.offer);
          else if ('drawn' in one) {
            queue.drawn(one.drawn);
            if (one.drawn <= sent) drawn = Math.max(drawn, one.drawn);
          } else {
            const next = queue.next(one.buffered);
            if (next) expect(next.number).toBe((sent += 1));
          }
          expect(sent - drawn).toBeLessThanOrEqual(limits.maxUndrawn);
        }
      }),
    );
  });
});
