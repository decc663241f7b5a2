import type { Rung } from '../action.ts';
import type { Declaration, Lever, LeverName } from '../declaration/declaration.ts';
import { gatePoints } from './gate-points.ts';
import { createLeverPrice } from './lever-price.ts';
import { bytesPerSecond, paretoFront } from './pareto-front.ts';
import type { Profile, ProfilePoint } from './profile.ts';

/** A point that a camera can be set to, and what it is worth. */
export interface Setting extends ProfilePoint {
  readonly utility: number;
  /** How far it stands up the levers by their declared costs, 0..1. */
  readonly leverPrice: number;
}

export const rateExponent = 0.4;

/**
 * A result is worth its accuracy. What a lower rate costs was measured in it, as far as the scene moves; but a slow
 * scene would sink to one frame a second, whose result is a second old when the next one comes. So the rate counts
 * once, as measured or by this curve of diminishing returns, whichever costs more.
 *
 * @param best accuracy of the same width, quality and model at its highest rate
 */
function utilityOf({ accuracy, framesPerSecond }: ProfilePoint, best: number, highestRate: number): number {
  return Math.min(accuracy, best * (framesPerSecond / highestRate) ** rateExponent);
}

/** The settings that are worth taking: of all that a camera can take, the Pareto set. */
export function settingsOf(profile: Profile, declaration: Declaration): Setting[] {
  return paretoFront(allSettingsOf(profile, declaration));
}

/**
 * The settings that a camera can take, from the least worth to the most: frame rates from the lever's steps,
 * everything else as it was measured and the levers allow. A lever that is not declared is not moved: its dimension
 * stays at the value of the most accurate point.
 */
export function allSettingsOf(profile: Profile, declaration: Declaration): Setting[] {
  const top = mostAccurate(profile.points);
  if (!top) throw new RangeError(`profile ${profile.name} has no points, expected at least one`);
  const allowed = profile.points.filter(
    (point) =>
      isAllowed(leverOf(declaration, 'resolution'), point.width, top.width) &&
      isAllowed(leverOf(declaration, 'jpeg-quality'), point.quality, top.quality) &&
      isAllowed(leverOf(declaration, 'model'), point.model, top.model),
  );
  const rates = numericSteps(leverOf(declaration, 'frame-rate')) ?? [top.framesPerSecond];
  const highestRate = rates.at(-1) ?? 1;
  const settings = groupBy(allowed, kindOf).flatMap((curve) => {
    const points = rates.flatMap((rate) => interpolateRate(curve, rate));
    const best = Math.max(...points.map(({ accuracy }) => accuracy));
    return points.map((point) => ({ ...point, utility: utilityOf(point, best, highestRate) }));
  });
  if (settings.length === 0)
    throw new RangeError(
      `profile ${profile.name} has no point within the declared levers: measure it again or widen their steps`,
    );
  const leverPrice = createLeverPrice(declaration);
  return atSensitivities(settings, profile, declaration)
    .map((setting) => ({ ...setting, leverPrice: leverPrice(setting) }))
    .toSorted((a, b) => a.utility - b.utility || bytesPerSecond(b) - bytesPerSecond(a));
}

/** Each setting at each step of the gate's lever; as they are where it is not declared. */
function atSensitivities<Point extends ProfilePoint & { readonly utility: number }>(
  settings: readonly Point[],
  profile: Profile,
  declaration: Declaration,
): Point[] {
  const steps = numericSteps(leverOf(declaration, 'motion-sensitivity'));
  if (!steps) return [...settings];
  return gatePoints(profile, steps).flatMap(({ motionSensitivity, sentShare, accuracyShare }) =>
    settings.map((point) => ({
      ...point,
      motionSensitivity,
      sentShare,
      accuracy: point.accuracy * accuracyShare,
      utility: point.utility * accuracyShare,
    })),
  );
}

/**
 * The point of one curve (one width, quality, model) at a frame rate. A frame's bytes and service don't depend on
 * the rate, its accuracy is interpolated over the logarithm of the rate; nothing is extrapolated upwards, and below
 * the lowest measured rate accuracy falls in proportion.
 */
export function interpolateRate(curve: readonly ProfilePoint[], framesPerSecond: number): ProfilePoint[] {
  const points = curve.toSorted((a, b) => a.framesPerSecond - b.framesPerSecond);
  const above = points.find((point) => point.framesPerSecond >= framesPerSecond);
  if (!above) return [];
  const below = points.findLast((point) => point.framesPerSecond <= framesPerSecond);
  if (!below) {
    const share = framesPerSecond / above.framesPerSecond;
    return [{ ...above, framesPerSecond, accuracy: above.accuracy * share }];
  }
  const span = Math.log(above.framesPerSecond / below.framesPerSecond);
  const share = span === 0 ? 0 : Math.log(framesPerSecond / below.framesPerSecond) / span;
  const between = (of: (point: ProfilePoint) => number): number =>
    of(below) + share * (of(above) - of(below));
  return [
    {
      ...below,
      framesPerSecond,
      accuracy: between((point) => point.accuracy),
      bytesPerFrame: between((point) => point.bytesPerFrame),
      serviceMs: between((point) => point.serviceMs),
    },
  ];
}

/** @param sensitivityNow what the camera's gate has, where no lever moves it */
export function rungOf(setting: ProfilePoint, sensitivityNow: number): Rung {
  const { framesPerSecond, width, quality, model, motionSensitivity = sensitivityNow } = setting;
  return { framesPerSecond, width, quality, motionSensitivity, model };
}

export function leverOf(declaration: Declaration, name: LeverName): Lever | undefined {
  return declaration.levers.find(({ lever }) => lever === name);
}

/** Rising; undefined when the lever is not declared or its steps are names. */
export function numericSteps(lever: Lever | undefined): readonly number[] | undefined {
  const steps = lever?.steps.filter((step) => typeof step === 'number').toSorted((a, b) => a - b);
  return steps && steps.length > 0 ? steps : undefined;
}

/** Measured values between the lever's outermost steps are as good as the steps themselves. */
function isAllowed(lever: Lever | undefined, value: number | string, undeclared: number | string): boolean {
  if (!lever) return value === undeclared;
  const numbers = numericSteps(lever);
  if (!numbers || typeof value === 'string') return lever.steps.some((step) => step === value);
  return value >= Math.min(...numbers) && value <= Math.max(...numbers);
}

function mostAccurate(points: readonly ProfilePoint[]): ProfilePoint | undefined {
  return points.toSorted(
    (a, b) => b.accuracy - a.accuracy || b.framesPerSecond * b.width - a.framesPerSecond * a.width,
  )[0];
}

const kindOf = ({ width, quality, model }: ProfilePoint): string => `${width} ${quality} ${model}`;

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  return [...Map.groupBy(items, keyOf).values()];
}
