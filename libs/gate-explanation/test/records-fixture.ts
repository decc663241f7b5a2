import type { FrameRecord } from '../src/frame-record.ts';

/** Ten frames a second; whatever is not said is quiet. */
export function recordsOf(count: number, change: (frame: number) => Partial<FrameRecord>): FrameRecord[] {
  return Array.from({ length: count }, (_, frame) => ({
    frame,
    timeSeconds: frame / 10,
    motion: false,
    score: 0,
    threshold: 0.5,
    noise: 1,
    suppressed: 'none',
    regions: [],
    ...change(frame),
  }));
}
