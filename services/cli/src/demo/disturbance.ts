/** What is wrong on purpose at a moment of the demo. */
export interface Disturbance {
  /** For the view; empty while nothing is. */
  readonly text: string;
  /** The detector takes this many times as long. */
  readonly slowdown: number;
  /** Of the link between the site and the bus. */
  readonly bytesPerSecond: number;
}

export const undisturbed: Disturbance = { text: '', slowdown: 1, bytesPerSecond: Number.POSITIVE_INFINITY };

interface Phase {
  readonly seconds: number;
  readonly disturbance: Disturbance;
}

const slow: Disturbance = { ...undisturbed, text: 'the detector is eight times slower', slowdown: 8 };
const narrow: Disturbance = { ...undisturbed, text: 'the link carries 150 kB/s', bytesPerSecond: 150_000 };

/** In turn, with time between them to see the promise kept again; then from the beginning. */
const phases: readonly Phase[] = [
  { seconds: 12, disturbance: undisturbed },
  { seconds: 18, disturbance: slow },
  { seconds: 20, disturbance: undisturbed },
  { seconds: 18, disturbance: narrow },
  { seconds: 20, disturbance: undisturbed },
];
const cycleSeconds = phases.reduce((sum, { seconds }) => sum + seconds, 0);

export function disturbanceAt(elapsedSeconds: number): Disturbance {
  let left = elapsedSeconds % cycleSeconds;
  for (const { seconds, disturbance } of phases) {
    if (left < seconds) return disturbance;
    left -= seconds;
  }
  return undisturbed;
}
