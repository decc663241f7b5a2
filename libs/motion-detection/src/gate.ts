import {
  absorbStill,
  beginModel,
  createRates,
  learnMotion,
  learnUncertain,
  relight,
  setRates,
  settleModel,
} from './background-model.ts';
import { detectChange, recogniseFormer, thresholdSquared } from './change.ts';
import { discountEdges } from './edges.ts';
import type { GateDecision, Suppression } from './decision.ts';
import type { LumaPlane } from './downscale.ts';
import { downscaleFactor, downscaleLuma } from './downscale.ts';
import type { Grid } from './grid.ts';
import { poolCells } from './grid.ts';
import type { Verdict } from './judge.ts';
import { judge, SCORE_THRESHOLD } from './judge.ts';
import type { Labelling } from './labelling.ts';
import { MAX_COMPONENTS, QUIET } from './labelling.ts';
import type { LightChange } from './light-compensation.ts';
import { createLightMeter } from './light-compensation.ts';
import type { Polygon } from './polygon.ts';
import type { MotionRegion } from './regions.ts';
import { mergeRegions } from './regions.ts';
import { thresholdsOf } from './sensitivity.ts';
import { discountSoftLight } from './soft-light.ts';
import { poolShiftedCells } from './shifted-cells.ts';
import type { Workspace } from './workspace.ts';
import { createWorkspace, silence } from './workspace.ts';

export interface GateOptions {
  /** 0..100, see `thresholdsOf`. Default 50. */
  sensitivity?: number;
  /** Source pixels; what happens inside is not motion. */
  motionMasks?: readonly Polygon[];
  /** About how wide the picture is looked at. Default 320. */
  analysisWidth?: number;
}

/** Why the gate must forget: the picture before and after have nothing to do with each other. */
export type ResetReason = 'reconnect' | 'size-change' | 'infrared';

export interface MotionGate {
  /**
   * Looks at the next frame. `timeUs` never goes back. The decision is the gate's own object, valid until
   * the next call. A frame of another size makes the gate settle anew.
   * @throws RangeError when the plane is smaller than it says, or a mask does not fit the picture.
   */
  process(luma: LumaPlane, timeUs: number): GateDecision;
  reset(reason: ResetReason): void;
  /** Options that are absent keep their value; the background is kept unless `analysisWidth` changes. */
  configure(options: GateOptions): void;
}

const SETTLE_SECONDS = 1;
const SETTLE_FRAMES = 6;
/** An object must stay this long before it is motion, and at least one frame after its first. */
const CONFIRM_SECONDS = 0.2;
/** Light is followed from this shift in levels; below, the running mean keeps up. */
const LIGHT_SHIFT = 0.75;
/** A jump of light that compensation can't take back exactly: clipped and coloured parts settle. */
const LIGHT_JUMP = 6;
const LIGHT_HOLD_SECONDS = 0.4;
/** Above this share of active cells the picture is another one. */
const NEW_PICTURE_SHARE = 0.6;
/** The same right after a jump of light that compensation could not take back. */
const LIGHT_REST_SHARE = 0.2;
/** Below this share of active cells soft light is not looked for. */
const SOFT_LIGHT_SHARE = 0.01;
const CALIBRATE_EVERY = 32;
const SHAKE_SECONDS = 0.5;

export function createMotionGate(options: GateOptions = {}): MotionGate {
  let sensitivity = options.sensitivity ?? 50;
  let analysisWidth = options.analysisWidth ?? 320;
  let masks = options.motionMasks ?? [];
  let thresholds = thresholdsOf(sensitivity);
  let space: Workspace | undefined;
  let frames = 0;
  let settledSeconds = 0;
  let holdSeconds = 0;
  let lastUs = 0;
  let noise = 0;
  let softCells = 0;
  let shakeSeconds = 0;
  const rates = createRates();
  const meter = createLightMeter();
  const light: LightChange = { gain: 1, offset: 0, shift: 0 };
  const found: MotionRegion[] = Array.from({ length: MAX_COMPONENTS }, () => ({
    x: 0,
    y: 0,
    width: 0,
    height: 0,
  }));
  const regions: MotionRegion[] = [];
  const decision = {
    motion: false,
    score: 0,
    threshold: SCORE_THRESHOLD,
    noise: 0,
    regions,
    suppressed: 'none' as Suppression,
  };

  function forget(): void {
    frames = 0;
    settledSeconds = 0;
    holdSeconds = 0;
    space?.persistence.forget();
  }

  function decide(motion: boolean, score: number, suppressed: Suppression): GateDecision {
    decision.motion = motion;
    decision.score = score;
    decision.suppressed = suppressed;
    decision.noise = noise;
    if (!motion) regions.length = 0;
    return decision;
  }

  /** Looks at the picture from where the background was seen. */
  function steady({ model, current, shiftMeter, shift, plane, planeWidth, grid, strip }: Workspace): void {
    if (frames % CALIBRATE_EVERY === 1) shiftMeter.calibrate(model.mean);
    const shaken = shiftMeter.measure(model.mean, current, shift);
    shakeSeconds = shaken ? SHAKE_SECONDS : Math.max(0, shakeSeconds - rates.seconds);
    if (shaken) poolShiftedCells(plane, planeWidth, grid, shift, model.mean, strip, current);
  }

  function settle(at: Workspace): GateDecision {
    const { model, current } = at;
    if (frames > 0) steady(at);
    if (frames === 0) beginModel(model, current);
    else settleModel(model, current, frames, rates);
    frames++;
    settledSeconds += rates.seconds;
    meter.calibrate(model.mean);
    return decide(false, 0, 'settling');
  }

  function followLight({ model, current, change }: Workspace): void {
    if (frames % CALIBRATE_EVERY === 0) {
      meter.calibrate(model.mean);
      noise = typicalDeviation(model.variance);
    }
    meter.measure(model.mean, current, change.levels, light);
    if (light.shift < LIGHT_SHIFT) return;
    relight(model, light.gain, light.offset);
    meter.calibrate(model.mean);
    if (light.shift >= LIGHT_JUMP) holdSeconds = LIGHT_HOLD_SECONDS;
  }

  function look(at: Workspace): GateDecision {
    const { model, current, change, labeller, persistence, verdict } = at;
    frames++;
    holdSeconds = Math.max(0, holdSeconds - rates.seconds);
    followLight(at);
    steady(at);
    detectChange(model, current, at.silenced, thresholds, rates, frames, change);
    recogniseFormer(model, current, thresholds, change);
    if (shakeSeconds > 0) discountEdges(model, thresholds, rates, change);
    softCells = 0;
    if (change.activeCount > SOFT_LIGHT_SHARE * current.length)
      softCells = discountSoftLight(model, current, at.surround, thresholds, rates, change);
    const share = change.activeCount / current.length;
    if (share > NEW_PICTURE_SHARE || (holdSeconds > 0 && share > LIGHT_REST_SHARE)) {
      forget();
      return decide(false, 0, 'global-light');
    }
    const labelling = labeller.label(change.levels, change.active, change.activeCount);
    judge(labelling, change, model, persistence, thresholds, framesToConfirm(rates.seconds), verdict);
    persistence.remember(labelling, verdict.ages);
    learn(at, labelling);
    return conclude(at, labelling);
  }

  function learn({ model, current, change, verdict }: Workspace, labelling: Labelling): void {
    // Labelling has consumed the levels: they now mark cells of motion.
    markMotion(labelling, verdict, change.levels);
    for (let index = 0; index < change.activeCount; index++) {
      const cell = change.active[index]!;
      const apart = change.difference[cell]!;
      const limit = thresholdSquared(model.variance[cell]!, thresholds);
      if (holdSeconds > 0) model.mean[cell]! += 0.5 * apart;
      else if (change.levels[cell] === QUIET) learnUncertain(model, cell, apart, limit, rates);
      else learnMotion(model, cell, limit, rates);
      absorbStill(model, cell, current[cell]!, change.moving[cell] !== 0, rates.seconds);
    }
  }

  function conclude({ verdict, grid }: Workspace, labelling: Labelling): GateDecision {
    const motion = verdict.score >= SCORE_THRESHOLD;
    if (motion && holdSeconds > 0 && !decision.motion) return decide(false, verdict.score, 'global-light');
    if (motion) collectRegions(labelling, verdict, grid);
    const soft = verdict.suppressed === 'none' && !motion && softCells > 0;
    return decide(motion, verdict.score, soft ? 'soft-light' : verdict.suppressed);
  }

  function collectRegions({ count, components }: Labelling, { isMotion }: Verdict, { cellPx }: Grid): void {
    let size = 0;
    for (let index = 0; index < count; index++) {
      if (isMotion[index] === 0) continue;
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
    process(luma, timeUs) {
      const at = workspaceFor(luma);
      downscaleLuma(luma, at.factor, at.plane);
      poolCells(at.plane, at.planeWidth, at.grid, at.current);
      const seconds = frames === 0 ? 0.1 : Math.min(1, Math.max(1e-3, (timeUs - lastUs) / 1e6));
      lastUs = timeUs;
      setRates(rates, seconds, frames);
      const settling = frames < SETTLE_FRAMES || settledSeconds < SETTLE_SECONDS;
      return settling ? settle(at) : look(at);
    },
    reset: forget,
    configure(changes) {
      thresholds = thresholdsOf(changes.sensitivity ?? sensitivity);
      sensitivity = changes.sensitivity ?? sensitivity;
      if (changes.motionMasks) masks = changes.motionMasks;
      if (changes.analysisWidth !== undefined && changes.analysisWidth !== analysisWidth) {
        analysisWidth = changes.analysisWidth;
        space = undefined;
      }
      if (space) silence(space, masks);
    },
  };

  function workspaceFor({ width, height }: LumaPlane): Workspace {
    if (space?.width === width && space.height === height) return space;
    forget();
    space = createWorkspace(width, height, downscaleFactor(width, analysisWidth));
    silence(space, masks);
    return space;
  }
}

function framesToConfirm(seconds: number): number {
  return 1 + Math.max(1, Math.ceil(CONFIRM_SECONDS / seconds - 0.25));
}

function markMotion(
  { count, components, members }: Labelling,
  { isMotion }: Verdict,
  levels: Uint8Array,
): void {
  levels.fill(QUIET);
  for (let index = 0; index < count; index++) {
    if (isMotion[index] === 0) continue;
    const { from, cells } = components[index]!;
    for (let at = from; at < from + cells; at++) levels[members[at]!] = 1;
  }
}

/** Root of the mean variance of the quieter cells, by a coarse sample. */
function typicalDeviation(variance: Float32Array): number {
  let sum = 0;
  let count = 0;
  for (let cell = 0; cell < variance.length; cell += 7, count++) sum += Math.min(64, variance[cell]!);
  return Math.sqrt(sum / count);
}
