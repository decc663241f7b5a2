import type { Statement } from './experiment.ts';

export interface Verdict {
  readonly says: string;
  readonly field: string;
  readonly expected: string;
  readonly measured: string;
  readonly holds: boolean;
}

/** Holds statements against a report. A field that is not there, or not measured, fails its statement. */
export function judge(report: unknown, statements: readonly Statement[]): Verdict[] {
  return statements.map((statement) => {
    const value = fieldOf(report, statement.field);
    return {
      says: statement.says,
      field: statement.field,
      expected: expectedOf(statement),
      measured: textOf(value),
      holds: holds(value, statement),
    };
  });
}

function holds(value: unknown, { is, min, max }: Statement): boolean {
  if (is !== undefined && value !== is) return false;
  if (min === undefined && max === undefined) return true;
  if (typeof value !== 'number' || Number.isNaN(value)) return false;
  return value >= (min ?? -Infinity) && value <= (max ?? Infinity);
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return 'not measured';
  return typeof value === 'number' ? String(Math.round(value * 1000) / 1000) : JSON.stringify(value);
}

function expectedOf({ is, min, max }: Statement): string {
  const parts = [
    is === undefined ? [] : [String(is)],
    min === undefined ? [] : [`at least ${min}`],
    max === undefined ? [] : [`at most ${max}`],
  ];
  return parts.flat().join(', ');
}

function fieldOf(report: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    return Object.entries(value).find(([name]) => name === key)?.[1];
  }, report);
}
