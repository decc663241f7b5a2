/** The rate at a time of the run as a multiple (0 and up) of the nominal one. */
export interface RateProfile {
  readonly name: string;
  at(seconds: number): number;
  /** Never exceeded. */
  readonly highest: number;
}

export const profileNames = ['steady', 'diurnal', 'burst', 'storm'] as const;

/**
 * `steady`: the nominal rate. `diurnal`: a day in the run's length, from a tenth at night to the full rate at noon.
 * `burst`: three times the rate for 5 s of each 30. `storm`: everything at once in the middle third, five times.
 */
export function rateProfile(name: (typeof profileNames)[number], seconds: number): RateProfile {
  switch (name) {
    case 'steady':
      return { name, highest: 1, at: () => 1 };
    case 'diurnal':
      return { name, highest: 1, at: (at) => 0.55 - 0.45 * Math.cos((2 * Math.PI * at) / seconds) };
    case 'burst':
      return { name, highest: 3, at: (at) => (at % 30 >= 25 ? 3 : 1) };
    case 'storm':
      return { name, highest: 5, at: (at) => (at >= seconds / 3 && at < (2 * seconds) / 3 ? 5 : 1) };
  }
}

/**
 * Recorded arrivals: a line for each frame, `seconds,camera` with the camera counted from 0, in any order.
 * @throws RangeError with every line that is none
 */
export function parseRecording(
  text: string,
  file: string,
): { readonly seconds: number; readonly camera: number }[] {
  const mistakes: string[] = [];
  const frames = text.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === '' || line.startsWith('#')) return [];
    const [seconds, camera] = line.split(',').map(Number);
    const isFrame =
      seconds !== undefined &&
      camera !== undefined &&
      seconds >= 0 &&
      Number.isInteger(camera) &&
      camera >= 0;
    if (isFrame && Number.isFinite(seconds)) return [{ seconds, camera }];
    mistakes.push(`${file}:${index + 1}: "${line}": expected seconds,camera as in 12.25,3`);
    return [];
  });
  if (mistakes.length > 0) throw new RangeError(mistakes.join('\n'));
  if (frames.length === 0) throw new RangeError(`${file}: has no arrivals, expected lines seconds,camera`);
  return frames.toSorted((a, b) => a.seconds - b.seconds);
}
