import type { Rung } from '../action.ts';
import { atMost } from '../configuration/at-most.ts';
import type { LeverName } from '../declaration/declaration.ts';
import { isSameSetting } from '../profile/setting-at.ts';
import type { Move } from './moves.ts';

export interface Held {
  /** Levers of a camera that somebody holds where they are. */
  readonly pinned: (cameraId: string) => readonly LeverName[];
  /** More than this is of no use to whoever wants the camera; undefined where nobody said. */
  readonly wanted: (cameraId: string) => Rung | undefined;
}

/**
 * The same moves with pinned levers exactly where they are and none above what is wanted, also where that is between two
 * steps. A move of which nothing is left is none.
 */
export function holdLevers(moves: readonly Move[], { pinned, wanted }: Held): Move[] {
  return moves
    .map((move) => {
      const most = wanted(move.cameraId);
      const to = most ? atMost(move.to, most) : move.to;
      return { ...move, to: withPinned({ ...move, to }, new Set(pinned(move.cameraId))) };
    })
    .filter(({ from, to }) => !isSameSetting(from, to));
}

function withPinned({ from, to }: Move, pinned: ReadonlySet<LeverName>): Rung {
  const of = (lever: LeverName): Rung => (pinned.has(lever) ? from : to);
  return {
    framesPerSecond: of('frame-rate').framesPerSecond,
    width: of('resolution').width,
    quality: of('jpeg-quality').quality,
    motionSensitivity: of('motion-sensitivity').motionSensitivity,
    model: of('model').model,
  };
}
