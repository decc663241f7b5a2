import type { Check } from './check.ts';

const marks: Readonly<Record<Check['state'], string>> = { ok: 'ok', optional: '-', failed: 'FAILED' };

/** A line for each check, with what to do below it, and the verdict. */
export function reportText(checks: readonly Check[]): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const indent = ' '.repeat(8 + width + 2);
  const lines = checks.flatMap(({ name, state, found, advice }) => [
    `${marks[state].padEnd(8)}${name.padEnd(width)}  ${found}`,
    ...(advice === null ? [] : [`${indent}${advice}`]),
  ]);
  const isWell = checks.every(({ state }) => state !== 'failed');
  const verdict = isWell
    ? 'the demo can run: pnpm demo'
    : 'something that failed above has to be put right first';
  return `${[...lines, '', verdict].join('\n')}\n`;
}
