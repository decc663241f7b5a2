import type { Box, Mark } from './mark.ts';
import { touches } from './mark.ts';
import type { Timeline } from './timeline.ts';
import { graceSeconds } from './timeline.ts';

/** What a gate made of one clip, for every threshold at once: the strongest mark is what counts. */
export interface GateScore {
  /** For each passage the strongest mark that touched the object until 0.5 s after it came into view, and ever. */
  readonly passages: readonly { readonly prompt: number; readonly ever: number }[];
  /** For each frame the strongest mark; 0 without any. */
  readonly frames: readonly number[];
  /** Best overlap of an object with a region that touches it at the default threshold, over objects and frames. */
  readonly overlap: { readonly sum: number; readonly count: number };
}

export interface GateScorer {
  /** Frames in order; the gate's marks of frame `frame`. */
  add(frame: number, marks: readonly Mark[]): void;
  finish(): GateScore;
}

/** @param regionThreshold from which strength on a mark is a region; null: the gate has none */
export function createGateScorer(timeline: Timeline, regionThreshold: number | null): GateScorer {
  const passages = timeline.passages.map(() => ({ prompt: 0, ever: 0 }));
  const frames = Array.from({ length: timeline.frames }, () => 0);
  const overlap = { sum: 0, count: 0 };
  const graceFrames = graceSeconds * timeline.framesPerSecond;

  return {
    add(frame, marks) {
      frames[frame] = rounded(strongest(marks));
      for (const { passage, box } of timeline.sightings[frame] ?? []) {
        const touching = marks.filter((mark) => touches(mark.box, box));
        const strength = rounded(strongest(touching));
        const result = passages[passage];
        const known = timeline.passages[passage];
        if (!result || !known || strength === 0) continue;
        result.ever = Math.max(result.ever, strength);
        if (frame <= known.fromFrame + graceFrames) result.prompt = Math.max(result.prompt, strength);
        const regions = touching.filter((mark) => mark.strength >= (regionThreshold ?? Infinity));
        if (regions.length === 0) continue;
        overlap.sum += Math.max(...regions.map((mark) => intersectionOverUnion(mark.box, box)));
        overlap.count += 1;
      }
    },
    finish: () => ({
      passages,
      frames,
      overlap: { ...overlap, sum: rounded(overlap.sum) },
    }),
  };
}

function strongest(marks: readonly Mark[]): number {
  return marks.reduce((most, { strength }) => Math.max(most, strength), 0);
}

/** Four digits: stored scores stay small. Rounded down, so that no frame passes a threshold by rounding. */
function rounded(value: number): number {
  if (value === 0) return 0;
  const unit = 10 ** (Math.floor(Math.log10(value)) - 3);
  const steps = Math.floor(value / unit + 1e-9);
  return unit >= 1 ? steps * unit : steps / Math.round(1 / unit);
}

function intersectionOverUnion([ax, ay, aw, ah]: Box, [bx, by, bw, bh]: Box): number {
  const width = Math.min(ax + aw, bx + bw) - Math.max(ax, bx);
  const height = Math.min(ay + ah, by + bh) - Math.max(ay, by);
  const shared = Math.max(0, width) * Math.max(0, height);
  return shared / (aw * ah + bw * bh - shared);
}
