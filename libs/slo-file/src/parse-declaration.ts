import type { Declaration, Lever, Machine } from '@framegate/control';
import { defaultDeclaration } from '@framegate/control';
import type { FileMistake, PathMistake } from '@framegate/yaml-file';
import { childOf, parseYaml, repeated } from '@framegate/yaml-file';
import type { z } from 'zod';
import { checkDependencies } from './check-dependencies.ts';
import { checkLevers } from './check-levers.ts';
import { checkSlos } from './check-slos.ts';
import { modelDefaults, numberLimits } from './lever-limits.ts';
import type { LeverEntry, SloFile } from './slo-schema.ts';
import { entrySchemas, sloFileSchema } from './slo-schema.ts';

export type ParsedDeclaration =
  { readonly declaration: Declaration } | { readonly mistakes: readonly FileMistake[] };

/**
 * Reads a declaration (`slo.yaml`): either it, with defaults filled in, or every mistake with its line and column.
 * Whether its objectives can be reached at all is told by `reachable`.
 * @param fileName for the messages only
 * @param machine whose limits the levers must keep to
 */
export function parseDeclaration(text: string, fileName: string, machine: Machine): ParsedDeclaration {
  const format = {
    schema: sloFileSchema,
    namedLists: {
      slos: { what: 'SLO', nameKey: 'name' },
      levers: { what: 'lever', nameKey: 'lever' },
      dependencies: { what: 'dependency', nameKey: '' },
    },
    check: (written: unknown) => checkEntries(written, machine),
  };
  const parsed = parseYaml(text, fileName, format, {});
  return 'mistakes' in parsed ? parsed : { declaration: declarationOf(parsed.value, machine) };
}

function checkEntries(written: unknown, machine: Machine): PathMistake[] {
  const classes = childOf(written, 'classes');
  const classNames = typeof classes === 'object' && classes !== null ? Object.keys(classes) : [];
  return [
    ...repeated(childOf(written, 'slos'), 'name', ['slos']),
    ...checkSlos(wholeEntries(written, 'slos', entrySchemas.slo), classNames),
    ...checkLevers(wholeEntries(written, 'levers', entrySchemas.lever), machine),
    ...checkDependencies(wholeEntries(written, 'dependencies', entrySchemas.dependency)),
  ];
}

/** What the schema takes of a list, so that the rest of it can be checked beside other mistakes. */
function wholeEntries<Schema extends z.ZodType>(written: unknown, key: string, schema: Schema) {
  const list = childOf(written, key);
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry, index) => {
    const { success, data } = schema.safeParse(entry);
    return success ? [{ value: data, path: [key, index] }] : [];
  });
}

function declarationOf(file: SloFile, machine: Machine): Declaration {
  return {
    slos: file.slos.map(({ scope: { class: cameraClass, cameras, site } = {}, ...slo }) => ({
      ...slo,
      scope: {
        ...(cameras ? { cameras } : {}),
        ...(site === undefined ? {} : { site }),
        ...(cameraClass === undefined ? {} : { cameraClass }),
      },
    })),
    levers: file.levers?.map((entry) => leverOf(entry, machine)) ?? defaultDeclaration(machine.cores).levers,
    dependencies: file.dependencies ?? [],
    cameraClasses: file.classes ?? {},
  };
}

function leverOf(entry: LeverEntry, machine: Machine): Lever {
  const defaults = numberLimits(entry.lever, machine) ?? modelDefaults;
  const { lever, steps = stepsOf(entry.range), cost } = entry;
  return {
    lever,
    scope: entry.scope ?? defaults.scope,
    steps: entry.lever === 'model' ? steps.map(String) : steps.map(Number),
    settleSeconds: entry.settleSeconds ?? defaults.settleSeconds,
    cost,
  };
}

/** Both ends included, also where the step doesn't meet the last one. */
function stepsOf(range: LeverEntry['range']): number[] {
  if (!range) return [];
  const { from, to, step } = range;
  const count = Math.floor((to - from) / step + 1e-9);
  const steps = Array.from({ length: count + 1 }, (_, index) => Number((from + index * step).toFixed(6)));
  return steps.at(-1) === to ? steps : [...steps, to];
}
