import type { DecisionRecord } from '@framegate/contracts';
import type { Pin } from '@framegate/control';
import { cameraLevers, matchesPattern } from '@framegate/control';
import { z } from 'zod';

/**
 * `act`: the loops move levers. `advise`: they say what they would do. `pause`: they do nothing, and everything stays
 * as it is.
 */
export const modes = ['act', 'advise', 'pause'] as const;
export type Mode = (typeof modes)[number];

const ranges = {
  'frame-rate': z.number().positive().max(240),
  resolution: z.int().min(16).max(16_384),
  'jpeg-quality': z.int().min(1).max(100),
  'motion-sensitivity': z.number().min(0).max(100),
  model: z.string().min(1).max(200),
};

const patternSchema = z
  .string()
  .regex(/^[a-z0-9*-]+\/[a-z0-9*-]+$|^\*$/, 'expected <site>/<camera>, * for any part');
const leverSchema = z.enum(cameraLevers);
const bySchema = z.string().min(1).max(120);
const reasonSchema = z.string().max(500).default('');

export const modeActSchema = z.strictObject({ mode: z.enum(modes), by: bySchema, reason: reasonSchema });

export const pinActSchema = z
  .strictObject({
    lever: leverSchema,
    cameras: patternSchema,
    value: z.union([z.number(), z.string()]),
    by: bySchema,
    reason: reasonSchema,
  })
  .superRefine(({ lever, value }, context) => {
    const checked = ranges[lever].safeParse(value);
    for (const issue of checked.error?.issues ?? [])
      context.addIssue({ code: 'custom', path: ['value'], message: issue.message, input: value });
  });

export const unpinActSchema = z.strictObject({
  lever: leverSchema,
  cameras: patternSchema,
  by: bySchema,
  reason: reasonSchema,
});

/** What a person did. */
export type OperatorAct =
  | ({ readonly kind: 'mode' } & z.output<typeof modeActSchema>)
  | ({ readonly kind: 'pin' } & z.output<typeof pinActSchema>)
  | ({ readonly kind: 'unpin' } & z.output<typeof unpinActSchema>);

export const operatorStateSchema = z.object({
  mode: z.enum(modes),
  pins: z.array(
    z.object({ lever: leverSchema, cameras: z.string(), value: z.union([z.number(), z.string()]) }),
  ),
});

/** What holds of what people did. */
export type OperatorState = z.output<typeof operatorStateSchema>;

/** @param mode in which a controller begins that nobody has told anything */
export function noOperator(mode: Mode): OperatorState {
  return { mode, pins: [] };
}

/** Why an act would do nothing; undefined: it does something. */
export function refusalOf(
  state: OperatorState,
  act: OperatorAct,
  cameraIds: readonly string[],
): string | undefined {
  if (act.kind === 'unpin' && !pinOf(state, act)) {
    const pinned = state.pins.map(({ lever, cameras }) => `${lever} of ${cameras}`);
    return `${act.lever} of ${act.cameras} is not pinned; ${listOf('pinned', pinned)}`;
  }
  if (act.kind === 'pin' && !cameraIds.some((cameraId) => matchesPattern(act.cameras, cameraId)))
    return `cameras: "${act.cameras}" fits no camera; ${listOf('known', cameraIds)}`;
  return undefined;
}

const namesShown = 10;

function listOf(what: string, names: readonly string[]): string {
  if (names.length === 0) return `none is ${what}`;
  const more = names.length > namesShown ? ` and ${names.length - namesShown} more` : '';
  return `${what} are ${names.slice(0, namesShown).join(', ')}${more}`;
}

export function actOf(state: OperatorState, act: OperatorAct): OperatorState {
  if (act.kind === 'mode') return { ...state, mode: act.mode };
  const others = state.pins.filter(({ lever, cameras }) => lever !== act.lever || cameras !== act.cameras);
  if (act.kind === 'unpin') return { ...state, pins: others };
  const { lever, cameras, value } = act;
  return { ...state, pins: [...others, { lever, cameras, value }] };
}

/** Those that hold for the camera; where several do, the one that was made last comes last. */
export function pinsFor({ pins }: OperatorState, cameraId: string): Pin[] {
  return pins.filter(({ cameras }) => matchesPattern(cameras, cameraId));
}

/** The act as the decision log keeps it. */
export function operatorDecision(
  act: OperatorAct,
  before: OperatorState,
  { id, atUs }: { readonly id: string; readonly atUs: number },
): DecisionRecord {
  const was = act.kind === 'mode' ? before.mode : String(pinOf(before, act)?.value ?? 'free');
  const to = act.kind === 'mode' ? act.mode : act.kind === 'pin' ? String(act.value) : 'free';
  const what =
    act.kind === 'mode'
      ? `the loops are set to ${act.mode}`
      : `${act.lever} of ${act.cameras} is ${act.kind === 'pin' ? `pinned to ${act.value}` : 'free again'}`;
  return {
    id,
    atUs,
    loop: 'operator',
    effect: 'applied',
    slo: '',
    sli: 'latency',
    value: null,
    objective: null,
    cause: 'operator',
    at: '',
    lever: act.kind === 'mode' ? 'mode' : act.lever,
    subjects: act.kind === 'mode' ? [] : [act.cameras],
    from: was,
    to,
    reason: `${act.by}: ${what}${act.reason === '' ? '' : ` (${act.reason})`}`,
  };
}

function pinOf(state: OperatorState, act: Pick<Pin, 'lever' | 'cameras'>): Pin | undefined {
  return state.pins.find(({ lever, cameras }) => lever === act.lever && cameras === act.cameras);
}
