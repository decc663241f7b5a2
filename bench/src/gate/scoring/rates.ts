import type { GateScore } from './gate-score.ts';
import type { Passage } from './timeline.ts';
import { settleSeconds } from './timeline.ts';
import type { Share } from './wilson.ts';
import { wilsonShare } from './wilson.ts';

/** One clip as it is stored: its truth, without places, and what one gate made of it. */
export interface JudgedClip {
  readonly framesPerSecond: number;
  readonly isEmpty: readonly boolean[];
  readonly passages: readonly Passage[];
  readonly score: GateScore;
}

export interface Rates {
  /** Passages seen within 0.5 s, and at any time. */
  readonly recall: Share;
  readonly recallEver: Share;
  /** Empty frames that were called motion. */
  readonly falsePositives: Share;
  /** Frames called motion, after settling. */
  readonly passed: Share;
  /** Mean overlap of objects with the region on them, at the gate's default threshold; null without regions. */
  readonly regionIou: number | null;
}

/** Recall and false positives over clips, at one threshold. */
export function ratesOf(clips: readonly JudgedClip[], threshold: number): Rates {
  const seen = { prompt: 0, ever: 0, all: 0 };
  const frames = { empty: 0, wrong: 0, passed: 0, all: 0 };
  for (const { isEmpty, score, framesPerSecond } of clips) {
    for (const { prompt, ever } of score.passages) {
      seen.all += 1;
      if (prompt >= threshold) seen.prompt += 1;
      if (ever >= threshold) seen.ever += 1;
    }
    for (let frame = settleSeconds * framesPerSecond; frame < score.frames.length; frame++) {
      const passes = (score.frames[frame] ?? 0) >= threshold;
      frames.all += 1;
      if (passes) frames.passed += 1;
      if (isEmpty[frame] === true) frames.empty += 1;
      if (isEmpty[frame] === true && passes) frames.wrong += 1;
    }
  }
  const overlap = clips.reduce((sum, { score }) => sum + score.overlap.sum, 0);
  const overlaps = clips.reduce((sum, { score }) => sum + score.overlap.count, 0);
  return {
    recall: wilsonShare(seen.prompt, seen.all),
    recallEver: wilsonShare(seen.ever, seen.all),
    falsePositives: wilsonShare(frames.wrong, frames.empty),
    passed: wilsonShare(frames.passed, frames.all),
    regionIou: overlaps === 0 ? null : overlap / overlaps,
  };
}
