import type { Declaration, LeverName } from '../declaration/declaration.ts';
import type { ProfilePoint } from './profile.ts';

/**
 * How far a setting stands up its levers, each step counted at what the lever's declared cost is above the cheapest
 * one's, as a share (0..1) of what all of them cost at their highest steps. Costs are relative: where all are equal,
 * none counts.
 */
export function createLeverPrice({ levers }: Declaration): (point: ProfilePoint) => number {
  const priced = levers.flatMap(({ lever, steps, cost }) => {
    const valueOf = values[lever];
    return valueOf ? [{ steps, cost, valueOf }] : [];
  });
  const cheapest = Math.min(...priced.map(({ cost }) => cost));
  const highest = priced.reduce((sum, { steps, cost }) => sum + cost * (steps.length - 1), 0);
  const dear = priced.filter(({ cost }) => cost > cheapest);
  if (dear.length === 0 || highest <= 0) return () => 0;
  return (point) =>
    dear.reduce(
      (sum, { steps, cost, valueOf }) => sum + (cost - cheapest) * stepsUp(steps, valueOf(point)),
      0,
    ) / highest;
}

const values: Partial<Record<LeverName, (point: ProfilePoint) => number | string | undefined>> = {
  'frame-rate': ({ framesPerSecond }) => framesPerSecond,
  resolution: ({ width }) => width,
  'jpeg-quality': ({ quality }) => quality,
  'motion-sensitivity': ({ motionSensitivity }) => motionSensitivity,
  model: ({ model }) => model,
};

/** Measured values may lie between the declared steps. */
function stepsUp(steps: readonly (number | string)[], value: number | string | undefined): number {
  if (typeof value !== 'number') return value === undefined ? 0 : Math.max(0, steps.indexOf(value));
  return steps.filter((step) => typeof step === 'number' && step <= value).length - 1;
}
