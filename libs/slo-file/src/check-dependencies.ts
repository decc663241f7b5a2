import type { Dependency } from '@framegate/control';
import type { PathMistake } from '@framegate/yaml-file';

interface PlacedDependency {
  readonly value: Dependency;
  readonly path: readonly PropertyKey[];
}

/** A mistake for each dependency that closes a cycle with those above it. */
export function checkDependencies(dependencies: readonly PlacedDependency[]): PathMistake[] {
  return dependencies.flatMap(({ value: { from, to }, path }, index) => {
    const above = dependencies.slice(0, index).map(({ value }) => value);
    const way = wayBetween(to, from, above);
    if (!way) return [];
    const cycle = [from, ...way].join(' -> ');
    return [{ path, message: `closes a cycle: ${cycle}. Take one of these dependencies out` }];
  });
}

/** The shortest chain of needs from one to the other, both included. */
function wayBetween(start: string, end: string, dependencies: readonly Dependency[]): string[] | undefined {
  const before = new Map<string, string | undefined>([[start, undefined]]);
  for (const place of before.keys()) {
    if (place === end) break;
    for (const { from, to } of dependencies) if (from === place && !before.has(to)) before.set(to, place);
  }
  if (!before.has(end)) return undefined;
  const way: string[] = [];
  for (let place: string | undefined = end; place !== undefined; place = before.get(place))
    way.unshift(place);
  return way;
}
