import type { Machine } from '@framegate/control';
import type { PathMistake } from '@framegate/yaml-file';
import { numberLimits } from './lever-limits.ts';
import type { LeverEntry } from './slo-schema.ts';

type Placed<T> = { readonly value: T; readonly path: readonly PropertyKey[] };

/** Settings that the lever or this machine doesn't have, and levers with no, two or disordered lists of them. */
export function checkLevers(levers: readonly Placed<LeverEntry>[], machine: Machine): PathMistake[] {
  return levers.flatMap(({ value, path }, index) => [
    ...checkTwice(levers, index),
    ...checkSettings(value, path),
    ...checkRange(value, path),
    ...checkLimits(value, path, machine),
  ]);
}

function checkTwice(levers: readonly Placed<LeverEntry>[], index: number): PathMistake[] {
  const own = levers[index];
  const isTaken = levers.slice(0, index).some(({ value }) => value.lever === own?.value.lever);
  if (!own || !isTaken) return [];
  return [{ path: [...own.path, 'lever'], message: 'is declared above already: keep one of them' }];
}

function checkSettings({ steps, range }: LeverEntry, path: readonly PropertyKey[]): PathMistake[] {
  if (steps && range) return [{ path: [...path, 'range'], message: 'stands beside steps: keep one of them' }];
  if (!steps && !range)
    return [{ path, message: 'has no settings: add steps: [1, 2, 5], or range: { from: 1, to: 10 }' }];
  const disordered = (steps ?? []).findIndex((step, index) => {
    const before = steps?.[index - 1];
    return typeof step === 'number' && typeof before === 'number' && step <= before;
  });
  if (disordered < 0) return [];
  const message = `${steps?.[disordered]} comes after ${steps?.[disordered - 1]}: list them from the least to the most costly`;
  return [{ path: [...path, 'steps', disordered], message }];
}

function checkRange({ lever, range }: LeverEntry, path: readonly PropertyKey[]): PathMistake[] {
  if (!range) return [];
  const at = [...path, 'range'];
  if (lever === 'model') return [{ path: at, message: 'of models: list their names as steps' }];
  if (range.to < range.from)
    return [{ path: at, message: `ends at ${range.to}, before its start ${range.from}: exchange them` }];
  const count = (range.to - range.from) / range.step + 1;
  return count > 1000
    ? [{ path: at, message: `has ${Math.floor(count)} settings: expected at most 1000, widen step` }]
    : [];
}

function checkLimits(entry: LeverEntry, path: readonly PropertyKey[], machine: Machine): PathMistake[] {
  const { lever, steps = [], range } = entry;
  const limits = numberLimits(lever, machine);
  const settings = [
    ...steps.map((value, index) => ({ value, at: [...path, 'steps', index] })),
    ...(range
      ? (['from', 'to'] as const).map((end) => ({ value: range[end], at: [...path, 'range', end] }))
      : []),
  ];
  return settings.flatMap(({ value, at }) => {
    if (!limits)
      return typeof value === 'string'
        ? []
        : [{ path: at, message: `is ${value}: expected the name of a model` }];
    const fits =
      typeof value === 'number' &&
      value >= limits.least &&
      value <= limits.most &&
      (!limits.whole || Number.isInteger(value));
    if (fits) return [];
    const expected = `${limits.whole ? 'a whole number' : 'a number'} from ${limits.least} to ${limits.most} ${limits.unit}`;
    return [{ path: at, message: `is ${JSON.stringify(value)}: ${lever} takes ${expected}` }];
  });
}
