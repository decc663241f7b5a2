import type { CameraIntent } from '@framegate/contracts';
import type { Rung } from '../action.ts';
import type { Declaration } from '../declaration/declaration.ts';
import { leverFields } from '../declaration/lever-fields.ts';
import { atMost } from './at-most.ts';

/** A lever of cameras that an operator holds where it is. */
export interface Pin {
  readonly lever: CameraLever;
  /** Camera id, or a pattern with `*` for any part. */
  readonly cameras: string;
  readonly value: number | string;
}

export type CameraLever = keyof typeof leverFields;
export const cameraLevers = Object.keys(leverFields).filter(
  (lever): lever is CameraLever => lever in leverFields,
);

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
  const pinned = Object.fromEntries(pins.map(({ lever, value }) => [leverFields[lever], value]));
  return { ...settings, ...pinned };
}

function limited(wanted: CameraIntent['wanted'], chosen: Rung, declared: ReadonlySet<string>): Partial<Rung> {
  const { motionSensitivity, model, ...rest } = atMost(chosen, wanted);
  return {
    ...rest,
    ...(declared.has('motion-sensitivity') ? { motionSensitivity } : {}),
    ...(declared.has('model') ? { model } : {}),
  };
}

/** The camera levers that a declaration lets the loops move. */
export function declaredLevers(declaration: Declaration): ReadonlySet<string> {
  return new Set(declaration.levers.map(({ lever }) => lever));
}
