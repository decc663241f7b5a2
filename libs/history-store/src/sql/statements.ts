import type { SqlValue, Statement } from './connection.ts';

/** Parameters of one statement of both databases together. SQLite takes 32,766, PostgreSQL 65,535. */
const maxParams = 16_000;

/**
 * Inserts rows with as few statements as there may be.
 * @param conflict what comes behind VALUES. Rows must not conflict among themselves.
 */
export function insertRows(
  table: string,
  columns: readonly string[],
  rows: readonly (readonly SqlValue[])[],
  conflict: string,
): Statement[] {
  const perStatement = Math.floor(maxParams / columns.length);
  const statements: Statement[] = [];
  for (let from = 0; from < rows.length; from += perStatement) {
    const some = rows.slice(from, from + perStatement);
    const tuples = some.map(
      (_, row) => `(${columns.map((_column, i) => `$${row * columns.length + i + 1}`).join(', ')})`,
    );
    statements.push({
      text: `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${tuples.join(', ')} ${conflict}`,
      params: some.flat(),
    });
  }
  return statements;
}

/** `ON CONFLICT (key) DO UPDATE SET …` of all other columns. */
export function replacing(key: readonly string[], columns: readonly string[]): string {
  const assignments = columns.filter((column) => !key.includes(column)).map((c) => `${c} = excluded.${c}`);
  return `ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${assignments.join(', ')}`;
}

/** Collects conditions and their parameters. */
export interface Conditions {
  /** @param text with `?` for each of the values */
  add(text: string, ...values: readonly SqlValue[]): void;
  /** `column IN (…)`; nothing when there are no values. */
  addIn(column: string, values: readonly SqlValue[] | undefined): void;
  /** A value's `$n`. */
  param(value: SqlValue): string;
  /** ` WHERE …`, or nothing. */
  where(): string;
  readonly params: readonly SqlValue[];
}

export function conditions(): Conditions {
  const texts: string[] = [];
  const params: SqlValue[] = [];
  const param = (value: SqlValue): string => `$${params.push(value)}`;
  return {
    params,
    param,
    add(text, ...values) {
      const rest = [...values];
      texts.push(text.replaceAll('?', () => param(rest.shift() ?? null)));
    },
    addIn(column, values) {
      if (values && values.length > 0) texts.push(`${column} IN (${values.map(param).join(', ')})`);
    },
    where: () => (texts.length > 0 ? ` WHERE ${texts.join(' AND ')}` : ''),
  };
}

/** The last of those with the same key, so that one statement can insert them. */
export function lastOfEach<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}
