import { thresholdSquared } from './change.ts';
import type { Comparison } from './comparison.ts';
import type { Suppression } from './decision.ts';
import type { Labelling } from './labelling.ts';
import type { Persistence } from './persistence.ts';

/** What the components of a frame amount to. */
export interface Verdict {
  score: number;
  /** What the components that are no motion are, the main cause first. */
  causes: Suppression[];
  /** Per component: 1 where it is motion. */
  isMotion: Uint8Array;
  /** Per component: frames in a row. */
  ages: Uint8Array;
}

export const SCORE_THRESHOLD = 0.5;

/** Evidence of one cell: how many times it exceeds its threshold, at most this. */
const MAX_CELL_EVIDENCE = 3;
/** Share of a component's cells that must move, and how many at least. */
const MOVING_SHARE = 0.08;
const MIN_MOVING = 2;
/** So many short-lived components at once are rain or snow. */
const SHOWER = 6;

/** A component that persists needs this share of the least evidence so many frames after it is confirmed. */
const PERSISTING_SHARE = 0.6;
const PERSISTING_FRAMES = 3;
/** Where the picture is disturbed it needs it earlier, at once when it is large. */
const DISTURBED_FRAMES = 2;
const LARGE_CELLS = 6;

/** How strict the judgement of a frame is. */
export interface Strictness {
  /** A younger component is no motion. */
  readonly framesToConfirm: number;
  /** By rain, snow or moving light. */
  readonly isDisturbed: boolean;
}

export function createVerdict(maxComponents: number): Verdict {
  return {
    score: 0,
    causes: [],
    isMotion: new Uint8Array(maxComponents),
    ages: new Uint8Array(maxComponents),
  };
}

/**
 * Scores each component: evidence / (evidence + least evidence), less of which is needed once it persists, soonest in
 * a picture that is disturbed; halved or worse while it is younger than `framesToConfirm` or nothing in it moves.
 */
export function judge(
  labelling: Labelling,
  { model, thresholds, change }: Comparison,
  persistence: Persistence,
  { framesToConfirm, isDisturbed }: Strictness,
  into: Verdict,
): void {
  let young = 0;
  let still = 0;
  into.score = 0;
  for (let index = 0; index < labelling.count; index++) {
    const component = labelling.components[index]!;
    const age = persistence.ageOf(component, labelling.members);
    let evidence = 0;
    let moving = 0;
    for (let at = component.from; at < component.from + component.cells; at++) {
      const cell = labelling.members[at]!;
      const limit = thresholdSquared(model.variance[cell]!, thresholds);
      const ratio = Math.abs(change.difference[cell]!) / Math.sqrt(limit);
      evidence += Math.min(MAX_CELL_EVIDENCE, ratio);
      moving += change.moving[cell]!;
    }
    const persists = age >= framesToConfirm;
    const isEstablished = age >= framesToConfirm + framesToEstablish(component.cells, isDisturbed);
    const needed = isEstablished ? PERSISTING_SHARE * thresholds.evidence : thresholds.evidence;
    const strength = evidence / (evidence + needed);
    const moves = moving >= MIN_MOVING && moving >= MOVING_SHARE * component.cells;
    const score = persists && moves ? strength : strength * 0.49 * Math.min(1, age / framesToConfirm);
    if (strength >= SCORE_THRESHOLD && !persists) young++;
    if (strength >= SCORE_THRESHOLD && persists && !moves) still++;
    into.ages[index] = age;
    into.isMotion[index] = score >= SCORE_THRESHOLD ? 1 : 0;
    into.score = Math.max(into.score, score);
  }
  into.causes.length = 0;
  if (young > 0) into.causes.push(young >= SHOWER ? 'precipitation' : 'flicker');
  if (still > 0) into.causes.push('still');
}

function framesToEstablish(cells: number, isDisturbed: boolean): number {
  if (!isDisturbed) return PERSISTING_FRAMES;
  return cells >= LARGE_CELLS ? 0 : DISTURBED_FRAMES;
}
