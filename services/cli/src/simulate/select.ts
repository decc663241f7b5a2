import type { Contender, Scenario } from '@framegate/simulation';
import { contenders, scenarios } from '@framegate/simulation';

export interface Selection {
  readonly scenarios: readonly Scenario[];
  readonly contenders: readonly Contender[];
}

/** A wrong name: the command was asked for wrongly. */
class UnknownNames extends Error {
  override readonly name = 'UnknownNames';
  readonly exitCode = 2;
}

/** What the patterns name, in the order of the tables. @throws with every name that is none, at once */
export function select(scenarioPatterns: readonly string[], policyPatterns: readonly string[]): Selection {
  const problems = [
    ...unknown('scenario', scenarioPatterns, scenarios),
    ...unknown('policy', policyPatterns, contenders),
  ];
  if (problems.length > 0) throw new UnknownNames(problems.join('\n'));
  return {
    scenarios: scenarios.filter(({ name }) => scenarioPatterns.some((pattern) => fits(pattern, name))),
    contenders: contenders.filter(({ name }) => policyPatterns.some((pattern) => fits(pattern, name))),
  };
}

function unknown(
  what: string,
  patterns: readonly string[],
  all: readonly { readonly name: string }[],
): string[] {
  const known = all.map(({ name }) => name);
  return patterns
    .filter((pattern) => !known.some((name) => fits(pattern, name)))
    .map((pattern) => `${what} "${pattern}" is unknown, expected one of ${known.join(', ')}`);
}

/** A star stands for any part of a name. */
function fits(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}
