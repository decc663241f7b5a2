import type { Appearance } from './port.ts';

/** What nobody may keep of a camera any more. */
export interface Erasure {
  readonly cameraId: string;
  readonly fromUs: number;
  readonly untilUs: number;
}

/**
 * What is left of an appearance: all of it, what came after an erased range that it began in, or nothing. One that
 * began before the range and reaches into it is erased as a whole, as it is when it is there already.
 */
export function outsideErasures(appearance: Appearance, erasures: readonly Erasure[]): Appearance | null {
  const { cameraId, startUs, endUs, bestAtUs } = appearance;
  let leftFromUs = startUs;
  for (const { cameraId: erased, fromUs, untilUs } of erasures) {
    if (erased !== cameraId || leftFromUs >= untilUs || endUs < fromUs) continue;
    const wasBestInside = bestAtUs < untilUs;
    if (leftFromUs < fromUs || endUs < untilUs || wasBestInside) return null;
    leftFromUs = untilUs;
  }
  return leftFromUs === startUs ? appearance : { ...appearance, startUs: leftFromUs };
}
