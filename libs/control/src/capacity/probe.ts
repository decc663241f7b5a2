/**
 * Whether a little more would go, asked by trying: each success makes the next step larger, a failure makes it small
 * again and the wait until the next try twice as long (the idea of BBR's and AWStream's probing: Zhang et al.,
 * SIGCOMM 2018).
 */
export interface Probe {
  readonly state: 'resting' | 'trying';
  /** When the state was entered. */
  readonly sinceUs: number;
  /** How much more is tried, as a share. */
  readonly step: number;
  readonly waitSeconds: number;
}

export interface ProbeOptions {
  readonly firstStep: number;
  readonly largestStep: number;
  /** How long a try must stay without trouble. */
  readonly trySeconds: number;
  readonly firstWaitSeconds: number;
  readonly longestWaitSeconds: number;
}

export const probeOptions: ProbeOptions = {
  firstStep: 0.1,
  largestStep: 0.5,
  trySeconds: 3,
  firstWaitSeconds: 8,
  longestWaitSeconds: 24,
};

export function restingProbe(atUs: number, options = probeOptions): Probe {
  return {
    state: 'resting',
    sinceUs: atUs,
    step: options.firstStep,
    waitSeconds: options.firstWaitSeconds,
  };
}

export function isDue(probe: Probe, atUs: number): boolean {
  return probe.state === 'resting' && secondsIn(probe, atUs) >= probe.waitSeconds;
}

export function isProven(probe: Probe, atUs: number, options = probeOptions): boolean {
  return probe.state === 'trying' && secondsIn(probe, atUs) >= options.trySeconds;
}

export function startProbe(probe: Probe, atUs: number): Probe {
  return { ...probe, state: 'trying', sinceUs: atUs };
}

/** The next try comes at once, and asks for more. */
export function proveProbe(probe: Probe, atUs: number, options = probeOptions): Probe {
  const step = Math.min(options.largestStep, probe.step * 1.5);
  return { state: 'resting', sinceUs: atUs, step, waitSeconds: 0 };
}

/** Trouble: while trying, the try is at fault and the wait doubles; while resting, it begins again. */
export function disturbProbe(probe: Probe, atUs: number, options = probeOptions): Probe {
  const { firstStep, firstWaitSeconds, longestWaitSeconds } = options;
  const longer = probe.state === 'trying' ? probe.waitSeconds * 2 : probe.waitSeconds;
  const waitSeconds = Math.min(longestWaitSeconds, Math.max(firstWaitSeconds, longer));
  return { state: 'resting', sinceUs: atUs, step: firstStep, waitSeconds };
}

function secondsIn(probe: Probe, atUs: number): number {
  return (atUs - probe.sinceUs) / 1e6;
}
