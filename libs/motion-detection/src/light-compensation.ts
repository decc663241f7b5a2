/** Brightness now = gain * brightness in the model + offset. */
export interface LightChange {
  gain: number;
  offset: number;
  /** Largest shift in levels over the dark, middle and bright thirds. */
  shift: number;
}

/** Finds how the light of the whole picture changed, whatever moves in it. */
export interface LightMeter {
  /** `into` is filled in; cells whose `ignored` is not 0 don't count. */
  measure(model: Float32Array, current: Float32Array, ignored: Uint8Array, into: LightChange): void;
  /** Looks at how bright the model's cells are; needed after each larger change of the model. */
  calibrate(model: Float32Array): void;
}

const BINS_A_LEVEL = 4;
const MAX_SHIFT = 96;
const BINS = 2 * MAX_SHIFT * BINS_A_LEVEL + 1;
/** Every seventh cell is enough for a median, and walks through all columns: 7 divides no usual width. */
const STRIDE = 7;
const MIN_SPREAD = 12;
const MIN_GAIN = 0.25;
const MAX_GAIN = 4;

/**
 * Tukey's resistant line (Exploratory Data Analysis, 1977): medians of the change in the dark, middle and
 * bright third of the picture; objects that cover less than half of a third don't shift it. Clipped cells
 * (nearly black or white) don't take part.
 */
export function createLightMeter(): LightMeter {
  /** One after another for the dark, the middle and the bright third. */
  const histograms = new Uint32Array(3 * BINS);
  const levels = new Uint32Array(256);
  const counts = new Uint32Array(3);
  const sums = new Float64Array(3);
  let darkBelow = 85;
  let brightFrom = 170;

  function collect(model: Float32Array, current: Float32Array, ignored: Uint8Array): void {
    histograms.fill(0);
    counts.fill(0);
    sums.fill(0);
    for (let cell = 0; cell < model.length; cell += STRIDE) {
      const before = model[cell]!;
      const now = current[cell]!;
      if (ignored[cell] !== 0 || now < 6 || now > 249 || before < 6 || before > 249) continue;
      const third = before < darkBelow ? 0 : before < brightFrom ? 1 : 2;
      const bin = ((now - before + MAX_SHIFT) * BINS_A_LEVEL + 0.5) | 0;
      histograms[third * BINS + (bin < 0 ? 0 : bin >= BINS ? BINS - 1 : bin)]!++;
      counts[third]!++;
      sums[third]! += before;
    }
  }

  return {
    calibrate(model) {
      levels.fill(0);
      for (let cell = 0; cell < model.length; cell += STRIDE)
        levels[Math.min(255, Math.max(0, Math.round(model[cell]!)))]!++;
      const sampled = Math.ceil(model.length / STRIDE);
      darkBelow = quantile(levels, sampled / 3);
      brightFrom = Math.max(darkBelow + 1, quantile(levels, (2 * sampled) / 3));
    },
    measure(model, current, ignored, into) {
      collect(model, current, ignored);
      const least = model.length / STRIDE / 24;
      const left = counts[0]! > least ? medianShift(histograms, 0, counts[0]!) : NaN;
      const centre = counts[1]! > least ? medianShift(histograms, 1, counts[1]!) : NaN;
      const right = counts[2]! > least ? medianShift(histograms, 2, counts[2]!) : NaN;
      const leftLevel = sums[0]! / counts[0]!;
      const rightLevel = sums[2]! / counts[2]!;
      let slope = 0;
      if (rightLevel - leftLevel >= MIN_SPREAD && !Number.isNaN(left + right))
        slope = (right - left) / (rightLevel - leftLevel);
      slope = Math.min(MAX_GAIN - 1, Math.max(MIN_GAIN - 1, slope));
      const anchor = medianOfThree(
        left - slope * leftLevel,
        centre - slope * (sums[1]! / counts[1]!),
        right - slope * rightLevel,
      );
      into.gain = 1 + slope;
      into.offset = anchor;
      into.shift = Math.max(Math.abs(left) || 0, Math.abs(centre) || 0, Math.abs(right) || 0);
    },
  };
}

/** Median with linear interpolation inside the bin. */
function medianShift(histograms: Uint32Array, third: number, count: number): number {
  let below = 0;
  for (let bin = 0; bin < BINS; bin++) {
    const inBin = histograms[third * BINS + bin]!;
    if (below + inBin >= count / 2)
      return (bin - 0.5 + (count / 2 - below) / inBin) / BINS_A_LEVEL - MAX_SHIFT;
    below += inBin;
  }
  return 0;
}

function quantile(levels: Uint32Array, rank: number): number {
  let below = 0;
  for (let level = 0; level < levels.length; level++) {
    below += levels[level]!;
    if (below >= rank) return level;
  }
  return 255;
}

/** The middle of those that are numbers; 0 without any. */
function medianOfThree(a: number, b: number, c: number): number {
  if (Number.isNaN(a)) return mean(b, c);
  if (Number.isNaN(b)) return mean(a, c);
  if (Number.isNaN(c)) return mean(a, b);
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

function mean(a: number, b: number): number {
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : b;
  return Number.isNaN(b) ? a : (a + b) / 2;
}
