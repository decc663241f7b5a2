/**
 * When a camera's next frame is due, from the gaps between its last ones: smoothed mean and mean
 * deviation with Jacobson's gains (Congestion Avoidance and Control, SIGCOMM 1988).
 */
export interface ArrivalRhythm {
  lastAtUs: number;
  /** Smoothed gap; 0 until two frames were seen. */
  meanGapUs: number;
  deviationUs: number;
}

const MEAN_GAIN = 1 / 8;
const DEVIATION_GAIN = 1 / 4;

export function createArrivalRhythm(): ArrivalRhythm {
  return { lastAtUs: -Infinity, meanGapUs: 0, deviationUs: 0 };
}

export function noteArrival(rhythm: ArrivalRhythm, nowUs: number): void {
  const gapUs = nowUs - rhythm.lastAtUs;
  rhythm.lastAtUs = nowUs;
  if (!Number.isFinite(gapUs)) return;
  if (rhythm.meanGapUs === 0) {
    rhythm.meanGapUs = gapUs;
    return;
  }
  const errorUs = gapUs - rhythm.meanGapUs;
  rhythm.meanGapUs += MEAN_GAIN * errorUs;
  rhythm.deviationUs += DEVIATION_GAIN * (Math.abs(errorUs) - rhythm.deviationUs);
}

/** The latest time by which the next frame is expected; -Infinity while the rhythm is unknown. */
export function nextDueUs(rhythm: ArrivalRhythm): number {
  return rhythm.meanGapUs === 0 ? -Infinity : rhythm.lastAtUs + rhythm.meanGapUs + 2 * rhythm.deviationUs;
}
