import { beginModel, retakeModel, setRates, settleModel } from './background-model.ts';
import { detectChange, recogniseFormer } from './change.ts';
import { createComparison } from './comparison.ts';
import type { DecisionRecord, Suppression } from './decision.ts';
import { clearDecision } from './decision.ts';
import type { LumaPlane } from './downscale.ts';
import { downscaleLuma } from './downscale.ts';
import { discountEdges } from './edges.ts';
import { poolCells } from './grid.ts';
import { judge, SCORE_THRESHOLD } from './judge.ts';
import type { Labelling } from './labelling.ts';
import { MAX_COMPONENTS } from './labelling.ts';
import { learnActive } from './learning.ts';
import { createRegions, mergeRegions } from './regions.ts';
import type { Thresholds } from './sensitivity.ts';
import type { Workspace } from './workspace.ts';

/** Watches pictures of one size. */
export interface Watcher {
  /** Looks at a picture that comes `seconds` after the one before. */
  watch(luma: LumaPlane, seconds: number, thresholds: Thresholds, decision: DecisionRecord): void;
  /** The pictures before and after have nothing to do with each other. */
  forget(): void;
}

/** What the first frame's time since the one before is taken for. */
const FIRST_SECONDS = 0.1;
const SETTLE_SECONDS = 1;
const SETTLE_FRAMES = 6;
/** An object must stay this long before it is motion, and at least one frame after its first. */
const CONFIRM_SECONDS = 0.2;
/** Above this share of active cells the picture is another one. */
const NEW_PICTURE_SHARE = 0.6;
/** The same right after a jump of light that compensation could not take back. */
const LIGHT_REST_SHARE = 0.2;
/** Below this share of active cells nothing moves that must not become background. */
const CALM_SHARE = 0.002;
/** More active cells than this after a jump of light are what compensation could not take back. */
const JUMP_REST_SHARE = 0.03;
const CALIBRATE_EVERY = 32;

export function createWatcher(at: Workspace): Watcher {
  const { model, current, change, grid, labeller, light, persistence, precipitation } = at;
  const { softLight, steadier, verdict } = at;
  const comparison = createComparison(model, current, at.silenced, change);
  const { rates } = comparison;
  const found = createRegions(MAX_COMPONENTS);
  let frames = 0;
  let settledSeconds = 0;
  let noise = 0;
  let wasMotion = false;

  function forget(): void {
    frames = 0;
    settledSeconds = 0;
    wasMotion = false;
    light.forget();
    softLight.forget();
    precipitation.forget();
    steadier.forget();
    persistence.forget();
  }

  function settle(decision: DecisionRecord): void {
    if (frames === 0) beginModel(model, current);
    else {
      light.follow(model, current, at.silenced, false, rates.seconds);
      steadier.steady(at.plane, model.mean, current, rates.seconds);
      softLight.normalise(comparison);
      settleModel(model, current, frames, rates);
    }
    frames++;
    settledSeconds += rates.seconds;
    calibrate();
    suppress(decision, 'settling');
  }

  function calibrate(): void {
    light.calibrate(model.mean);
    steadier.calibrate(model.mean);
    noise = typicalDeviation(model.variance);
  }

  function look(decision: DecisionRecord): void {
    frames++;
    if (frames % CALIBRATE_EVERY === 0) calibrate();
    if (softLight.isLit) light.skip(rates.seconds);
    else if (light.follow(model, current, change.levels, steadier.isShaken, rates.seconds))
      note(decision, 'global-light');
    steadier.steady(at.plane, model.mean, current, rates.seconds);
    if (softLight.isLit) softLight.normalise(comparison);
    precipitation.clear(model.mean, current, rates.seconds);
    detectChange(comparison, frames);
    recogniseFormer(comparison);
    discount(decision);
    if (isNewPicture()) {
      forget();
      return suppress(decision, 'global-light');
    }
    if (steadier.hasTurned && change.activeCount < CALM_SHARE * current.length) return turn(decision);
    const labelling = labeller.label(change.levels, change.active, change.activeCount);
    const { isLit } = softLight;
    const isDisturbed = precipitation.falls || isLit;
    const strictness = { framesToConfirm: framesToConfirm(rates.seconds), isDisturbed };
    judge(labelling, comparison, persistence, strictness, verdict);
    persistence.remember(labelling, verdict.ages);
    learnActive(comparison, labelling, verdict, { hasJumped: isJumping(), isLit });
    conclude(labelling, decision);
  }

  /** Takes away what light and camera explain. */
  function discount(decision: DecisionRecord): void {
    if (steadier.isShaken && discountEdges(comparison) > 0) note(decision, 'shake');
    if (softLight.discount(comparison)) note(decision, 'soft-light');
  }

  function isNewPicture(): boolean {
    const share = change.activeCount / current.length;
    return share > (light.holdSeconds > 0 ? LIGHT_REST_SHARE : NEW_PICTURE_SHARE);
  }

  /** A jump of light has just left more than objects make. */
  function isJumping(): boolean {
    return light.holdSeconds > 0 && change.activeCount > JUMP_REST_SHARE * current.length;
  }

  /** The camera looks elsewhere for good: the background is seen from there. */
  function turn(decision: DecisionRecord): void {
    poolCells(at.plane, at.planeWidth, grid, current);
    retakeModel(model, current);
    persistence.forget();
    steadier.forget();
    calibrate();
    suppress(decision, 'shake');
  }

  function conclude(labelling: Labelling, decision: DecisionRecord): void {
    decision.score = verdict.score;
    for (const cause of verdict.causes) note(decision, cause);
    if (precipitation.falls) note(decision, 'precipitation');
    const begins = verdict.score >= SCORE_THRESHOLD && !wasMotion;
    decision.motion = verdict.score >= SCORE_THRESHOLD && !(begins && isJumping());
    if (decision.motion) collectRegions(labelling, decision);
    else if (begins) suppress(decision, 'global-light');
    else decision.suppressed = decision.causes[0] ?? 'none';
  }

  function collectRegions({ count, components }: Labelling, { regions }: DecisionRecord): void {
    const { cellPx } = grid;
    let size = 0;
    for (let index = 0; index < count; index++) {
      if (verdict.isMotion[index] === 0) continue;
      const { left, top, right, bottom } = components[index]!;
      const region = found[size++]!;
      region.x = left * cellPx;
      region.y = top * cellPx;
      region.width = (right - left + 1) * cellPx;
      region.height = (bottom - top + 1) * cellPx;
    }
    regions.length = mergeRegions(found, size, 2 * cellPx);
    for (let index = 0; index < regions.length; index++) regions[index] = found[index]!;
  }

  return {
    watch(luma, seconds, thresholds, decision) {
      downscaleLuma(luma, at.factor, at.plane);
      poolCells(at.plane, at.planeWidth, grid, current);
      setRates(rates, frames === 0 ? FIRST_SECONDS : seconds, frames);
      clearDecision(decision);
      if (frames < SETTLE_FRAMES || settledSeconds < SETTLE_SECONDS) settle(decision);
      else {
        comparison.thresholds = thresholds;
        look(decision);
        decision.light.gain = light.change.gain;
        decision.light.offset = light.change.offset;
      }
      decision.noise = noise;
      decision.shift.dx = steadier.shift.dx * grid.cellPx;
      decision.shift.dy = steadier.shift.dy * grid.cellPx;
      wasMotion = decision.motion;
    },
    forget,
  };
}

function note({ causes }: DecisionRecord, cause: Suppression): void {
  if (!causes.includes(cause)) causes.push(cause);
}

function suppress(decision: DecisionRecord, cause: Suppression): void {
  note(decision, cause);
  decision.suppressed = cause;
}

function framesToConfirm(seconds: number): number {
  return 1 + Math.max(1, Math.ceil(CONFIRM_SECONDS / seconds - 0.25));
}

/** Root of the mean variance of the quieter cells, by a coarse sample. */
function typicalDeviation(variance: Float32Array): number {
  let sum = 0;
  let count = 0;
  for (let cell = 0; cell < variance.length; cell += 7, count++) sum += Math.min(64, variance[cell]!);
  return Math.sqrt(sum / count);
}
