import type { EdgeFate } from '@framegate/contracts';
// By its own path: the rest would load the message schemas into each camera's thread, 10 MB.
import { createFateRuns } from '@framegate/frame-ledger/fate-runs';
import type { FrameTally, SentFrame } from './camera-messages.ts';

/** Numbers a camera's frames and tells what became of them, so that nothing is told twice or not at all. */
export interface FrameReport {
  /** The seq of a frame that was just captured. */
  captured(): number;
  /** Frames that were skipped before anyone looked at them. */
  skipped(frames: number, fate: EdgeFate): void;
  /** Frames that were stopped undecoded. */
  undecoded(frames: number): void;
  ended(seq: number, fate: EdgeFate): void;
  sent(frame: SentFrame): void;
  /** Everything since the last call; `held` = frames that are kept back now. Undefined when there is nothing new. */
  take(held: number): FrameTally | undefined;
}

export function createFrameReport(): FrameReport {
  const runs = createFateRuns();
  let sent: SentFrame[] = [];
  let seq = 0;
  let told = 0;
  let toldHeld = 0;
  let undecoded = 0;
  return {
    captured: () => ++seq,
    skipped(frames, fate) {
      for (let i = 0; i < frames; i++) runs.add(++seq, fate);
    },
    undecoded(frames) {
      for (let i = 0; i < frames; i++) runs.add(++seq, 'stopped');
      undecoded += frames;
    },
    ended: (of, fate) => runs.add(of, fate),
    sent: (frame) => void sent.push(frame),
    take(held) {
      if (seq === told && held === toldHeld && sent.length === 0 && runs.isEmpty) return undefined;
      const captured = seq - told;
      const tally: FrameTally = { type: 'frames', captured, held, runs: runs.take(), sent, undecoded };
      told = seq;
      toldHeld = held;
      sent = [];
      undecoded = 0;
      return tally;
    },
  };
}
