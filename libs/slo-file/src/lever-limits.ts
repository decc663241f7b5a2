import type { Lever, LeverName, Machine } from '@framegate/control';

/** What a lever may be set to, and what it is where the file says nothing else. */
interface LeverLimits {
  readonly unit: string;
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
  readonly scope: Lever['scope'];
  readonly settleSeconds: number;
}

/** Undefined: its settings are names. */
export function numberLimits(lever: LeverName, machine: Machine): LeverLimits | undefined {
  const camera = { scope: 'camera', settleSeconds: 2 } as const;
  const cloud = { scope: 'cloud', whole: true, least: 1 } as const;
  switch (lever) {
    case 'frame-rate':
      return { unit: 'frames a second', least: 0.1, most: 60, whole: false, ...camera };
    case 'resolution':
      return { unit: 'px wide', least: 64, most: 7680, whole: true, ...camera };
    case 'jpeg-quality':
      return { unit: 'of JPEG quality', least: 1, most: 100, whole: true, ...camera };
    case 'motion-sensitivity':
      return { unit: 'of sensitivity', least: 0, most: 100, whole: false, ...camera };
    case 'batch':
      return { unit: 'frames a batch', most: 64, settleSeconds: 5, ...cloud };
    case 'inference-workers':
      return {
        unit: `workers on the ${machine.cores} cores of this machine`,
        most: machine.cores,
        settleSeconds: 10,
        ...cloud,
      };
    case 'replicas':
      return {
        unit: machine.partitions === undefined ? 'replicas' : 'replicas, as many as there are partitions',
        most: machine.partitions ?? 1000,
        settleSeconds: 60,
        ...cloud,
      };
    case 'model':
      return undefined;
  }
}

export const modelDefaults = { scope: 'camera', settleSeconds: 5 } as const;
