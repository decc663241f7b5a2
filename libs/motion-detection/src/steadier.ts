import type { Shift } from './camera-shift.ts';
import { createShiftMeter } from './camera-shift.ts';
import type { Grid } from './grid.ts';
import { poolShiftedCells } from './shifted-cells.ts';

/** Looks at the picture from where the background was seen, while the camera trembles. */
export interface Steadier {
  /** Of the last frame; zero while the camera is steady. */
  readonly shift: Readonly<Shift>;
  /** True for a while after the last shift. */
  readonly isShaken: boolean;
  /** True when the picture has stayed away from the background: the camera was turned. */
  readonly hasTurned: boolean;
  /** Pools `plane` anew into `current` when it is shifted. */
  steady(plane: Uint8Array, mean: Float32Array, current: Float32Array, seconds: number): void;
  /** Needed now and then, as the background changes. */
  calibrate(mean: Float32Array): void;
  forget(): void;
}

/** Interpolated pictures and those that aren't differ at edges, so both are looked at with tolerance this long. */
const SHAKE_SECONDS = 0.5;
/** A camera was turned when its shift stays within so many cells for so long. */
const TURNED_SECONDS = 3;
const REST_CELLS = 0.2;

export function createSteadier(grid: Grid, planeWidth: number): Steadier {
  const meter = createShiftMeter(grid);
  const shift: Shift = { dx: 0, dy: 0 };
  const strip = new Float32Array(planeWidth);
  let shakeSeconds = 0;
  let restSeconds = 0;
  const rest: Shift = { dx: 0, dy: 0 };

  /** For how long the shift has been the same. */
  function watchRest(seconds: number): void {
    const stays = Math.abs(shift.dx - rest.dx) + Math.abs(shift.dy - rest.dy) < REST_CELLS;
    const isAway = Math.abs(shift.dx) + Math.abs(shift.dy) > REST_CELLS;
    restSeconds = stays && isAway ? restSeconds + seconds : 0;
    if (stays) return;
    rest.dx = shift.dx;
    rest.dy = shift.dy;
  }

  return {
    shift,
    get isShaken() {
      return shakeSeconds > 0;
    },
    get hasTurned() {
      return restSeconds > TURNED_SECONDS;
    },
    steady(plane, mean, current, seconds) {
      const shaken = meter.measure(mean, current, shift);
      shakeSeconds = shaken ? SHAKE_SECONDS : Math.max(0, shakeSeconds - seconds);
      if (shaken) poolShiftedCells(plane, planeWidth, grid, shift, mean, strip, current);
      watchRest(seconds);
    },
    calibrate: (mean) => meter.calibrate(mean),
    forget() {
      shakeSeconds = restSeconds = 0;
      shift.dx = shift.dy = 0;
    },
  };
}
