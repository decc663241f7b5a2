import { describe, expect, test } from 'vitest';
import { LiveBacklog } from './live-backlog.ts';

const intervalUs = 100_000;

/** A camera of 10 frames/s whose frames wait in a socket; a read takes 100 µs when one is there. */
class Camera {
  nowUs = 1_000_000;
  next = 0;
  readonly backlog = new LiveBacklog();
  readonly delayUs: (frame: number) => number;

  constructor(delayUs: (frame: number) => number = () => 0) {
    this.delayUs = delayUs;
  }

  read(): { frame: number; stale: boolean } {
    const frame = this.next++;
    const availableAtUs = frame * intervalUs + this.delayUs(frame);
    const startedAtUs = this.nowUs;
    this.nowUs = Math.max(this.nowUs + 100, availableAtUs);
    const arrival = {
      mediaTimeUs: frame * intervalUs,
      arrivedAtUs: this.nowUs,
      readUs: this.nowUs - startedAtUs,
      intervalUs,
    };
    return { frame, stale: this.backlog.isStale(arrival) };
  }

  /** Reads until a frame is shown, then is busy. */
  shown(busyUs = 1_000): number {
    for (;;) {
      const { frame, stale } = this.read();
      if (stale) continue;
      this.nowUs += busyUs;
      return frame;
    }
  }
}

describe('frames of a live camera', () => {
  test('what piled up while the camera was opened is stale', () => {
    expect(new Camera().shown()).toBe(11);
  });

  test('a reader that keeps up gets every frame', () => {
    const camera = new Camera();
    const first = camera.shown();
    expect(Array.from({ length: 50 }, () => camera.shown())).toEqual(
      Array.from({ length: 50 }, (_, i) => first + 1 + i),
    );
  });

  test('after a pause the newest frame comes next', () => {
    const camera = new Camera();
    camera.shown();
    camera.shown(1_570_000);
    const ageUs = camera.nowUs - camera.shown() * intervalUs;
    expect(ageUs).toBeLessThan(2 * intervalUs);
  });

  test('a slow reader always gets a frame not older than two intervals', () => {
    const camera = new Camera();
    camera.shown();
    for (let i = 0; i < 50; i++) {
      const askedAtUs = camera.nowUs;
      expect(askedAtUs - camera.shown(350_000) * intervalUs).toBeLessThan(2 * intervalUs);
    }
  });

  test('jitter of less than an interval loses nothing', () => {
    const camera = new Camera((frame) => ((frame * 7919) % 10) * 9_000);
    const first = camera.shown();
    expect(Array.from({ length: 100 }, () => camera.shown())).toEqual(
      Array.from({ length: 100 }, (_, i) => first + 1 + i),
    );
  });

  test('a longer way, from one frame to the next, does not silence the camera', () => {
    const camera = new Camera((frame) => (frame < 50 ? 0 : 450_000));
    const frames = Array.from({ length: 100 }, () => camera.shown());
    expect(frames.at(-1)).toBeLessThan(120);
  });

  test('a clock that drifts by 0.1 % loses nothing in ten minutes', () => {
    const camera = new Camera((frame) => frame * 100);
    const first = camera.shown();
    const frames = Array.from({ length: 6_000 }, () => camera.shown());
    expect(frames.at(-1)).toBe(first + 6_000);
  });

  test('a reader that never finds the queue empty still gets a frame each second', () => {
    const backlog = new LiveBacklog();
    const shown = Array.from({ length: 200 }, (_, i) => i).filter(
      (i) =>
        !backlog.isStale({ mediaTimeUs: i * intervalUs, arrivedAtUs: i * 150_000, readUs: 100, intervalUs }),
    );
    expect(shown.length).toBeGreaterThan(20);
  });
});
