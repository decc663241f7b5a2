import type { GateDecision } from './decision.ts';
import { createDecision } from './decision.ts';
import type { LumaPlane } from './downscale.ts';
import { downscaleFactor } from './downscale.ts';
import { SCORE_THRESHOLD } from './judge.ts';
import type { Polygon } from './polygon.ts';
import { thresholdsOf } from './sensitivity.ts';
import type { Watcher } from './watcher.ts';
import { createWatcher } from './watcher.ts';
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

export function createMotionGate(options: GateOptions = {}): MotionGate {
  let sensitivity = options.sensitivity ?? 50;
  let analysisWidth = options.analysisWidth ?? 320;
  let masks = options.motionMasks ?? [];
  let thresholds = thresholdsOf(sensitivity);
  let space: Workspace | undefined;
  let watcher: Watcher | undefined;
  let lastUs = 0;
  const decision = createDecision(SCORE_THRESHOLD);

  function watcherFor({ width, height }: LumaPlane): Watcher {
    if (watcher && space?.width === width && space.height === height) return watcher;
    const fresh = createWorkspace(width, height, downscaleFactor(width, analysisWidth));
    silence(fresh, masks);
    space = fresh;
    watcher = createWatcher(fresh);
    return watcher;
  }

  return {
    process(luma, timeUs) {
      const seconds = Math.min(1, Math.max(1e-3, (timeUs - lastUs) / 1e6));
      lastUs = timeUs;
      watcherFor(luma).watch(luma, seconds, thresholds, decision);
      return decision;
    },
    reset: () => watcher?.forget(),
    configure(changes) {
      thresholds = thresholdsOf(changes.sensitivity ?? sensitivity);
      sensitivity = changes.sensitivity ?? sensitivity;
      if (changes.motionMasks) masks = changes.motionMasks;
      if (changes.analysisWidth !== undefined && changes.analysisWidth !== analysisWidth) {
        analysisWidth = changes.analysisWidth;
        space = watcher = undefined;
      }
      if (space) silence(space, masks);
    },
  };
}
