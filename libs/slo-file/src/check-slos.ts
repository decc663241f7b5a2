import type { PathMistake } from '@framegate/yaml-file';
import { didYouMean } from '@framegate/yaml-file';
import type { SloFile } from './slo-schema.ts';

type Entry = SloFile['slos'][number];
interface PlacedSlo {
  readonly value: Entry;
  readonly path: readonly PropertyKey[];
}

/** Objectives beyond their unit, scopes of unknown classes, and two answers to the same question. */
export function checkSlos(slos: readonly PlacedSlo[], classes: readonly string[]): PathMistake[] {
  return slos.flatMap((slo, index) => [
    ...checkUnit(slo),
    ...checkClass(slo, classes),
    ...contradictions(slo, slos.slice(0, index)),
  ]);
}

function checkUnit({ value: { sli, objective }, path }: PlacedSlo): PathMistake[] {
  if ((sli !== 'accuracy' && sli !== 'availability') || objective <= 1) return [];
  const message = `is ${objective}: ${sli} is a share, expected at most 1 (percents divided by 100)`;
  return [{ path: [...path, 'objective'], message }];
}

function checkClass({ value: { scope }, path }: PlacedSlo, classes: readonly string[]): PathMistake[] {
  if (scope?.class === undefined || classes.includes(scope.class)) return [];
  const known = classes.length > 0 ? didYouMean(scope.class, classes) : ': define it under classes';
  return [{ path: [...path, 'scope', 'class'], message: `unknown class "${scope.class}"${known}` }];
}

/** Two answers to one question: of the same SLI, target, scope and priority there is one objective. */
function contradictions(own: PlacedSlo, earlier: readonly PlacedSlo[]): PathMistake[] {
  const { value: slo, path } = own;
  return earlier.flatMap(({ value: other }) => {
    if (slo.objective === other.objective || questionOf(slo) !== questionOf(other)) return [];
    const message =
      `is ${slo.objective}, but SLO "${other.name}" with the same SLI, target, scope and priority says ` +
      `${other.objective}: keep one, or give them different priorities`;
    return [{ path: [...path, 'objective'], message }];
  });
}

function questionOf({ sli, target, priority, scope = {} }: Entry): string {
  return JSON.stringify([sli, target, priority, scope.site, scope.class, scope.cameras?.toSorted()]);
}
