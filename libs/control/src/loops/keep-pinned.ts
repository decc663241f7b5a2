import type { Rung } from '../action.ts';
import type { LeverName } from '../declaration/declaration.ts';
import type { Move } from './moves.ts';

/** The same move with pinned levers exactly where they are, also where that is between two steps. */
export function keepPinned(move: Move, pinned: readonly LeverName[]): Move {
  return pinned.length === 0 ? move : { ...move, to: withPinned(move, new Set(pinned)) };
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
