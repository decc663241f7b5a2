import type { CameraIntent } from '@framegate/contracts';
import type { Rung } from '../action.ts';
import type { Declaration } from '../declaration/declaration.ts';

/** A lever of cameras that an operator holds where it is. */
export interface Pin {
  readonly lever: CameraLever;
  /** Camera id, or a pattern with `*` for any part. */
  readonly cameras: string;
  readonly value: number | string;
}

const fields = {
  'frame-rate': 'framesPerSecond',
  resolution: 'width',
  'jpeg-quality': 'quality',
  'motion-sensitivity': 'motionSensitivity',
  model: 'model',
} as const;
export type CameraLever = keyof typeof fields;
export const cameraLevers = Object.keys(fields).filter((lever): lever is CameraLever => lever in fields);

/**
 * What a camera is told: what the loop chose, never more than its operator wants, with the levers that are pinned
 * where they are pinned. A lever that is not declared stays as the operator wants it.
 */
export function effectiveSettings(
  wanted: CameraIntent['wanted'],
  chosen: Rung | undefined,
  pins: readonly Pin[],
  declared: ReadonlySet<string>,
): CameraIntent['wanted'] {
  const settings = chosen ? { ...wanted, ...limited(wanted, chosen, declared) } : { ...wanted };
  const pinned = Object.fromEntries(pins.map(({ lever, value }) => [fields[lever], value]));
  return { ...settings, ...pinned };
}

function limited(wanted: CameraIntent['wanted'], chosen: Rung, declared: ReadonlySet<string>): Partial<Rung> {
  return {
    framesPerSecond: Math.min(wanted.framesPerSecond, chosen.framesPerSecond),
    width: Math.min(wanted.width, chosen.width),
    quality: Math.min(wanted.quality, chosen.quality),
    ...(declared.has('motion-sensitivity')
      ? { motionSensitivity: Math.min(wanted.motionSensitivity, chosen.motionSensitivity) }
      : {}),
    ...(declared.has('model') ? { model: chosen.model } : {}),
  };
}

/** The camera levers that a declaration lets the loops move. */
export function declaredLevers(declaration: Declaration): ReadonlySet<string> {
  return new Set(declaration.levers.map(({ lever }) => lever));
}
