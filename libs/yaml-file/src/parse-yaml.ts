import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { NamedLists } from './describe-place.ts';
import { createLocator } from './locate.ts';
import type { FileMistake } from './mistake.ts';
import { treeOf } from './syntax.ts';
import type { Environment, PathMistake } from './variables.ts';
import { replaceVariables } from './variables.ts';

/** What a kind of file holds. */
interface FileFormat<Schema extends z.ZodType> {
  readonly schema: Schema;
  readonly namedLists: NamedLists;
  /** Mistakes between values, which no schema tells; gets the values as written, whether the schema takes them or not. */
  check(written: unknown): readonly PathMistake[];
}

export type ParsedYaml<Value> = { readonly value: Value } | { readonly mistakes: readonly FileMistake[] };

/**
 * Reads YAML against a schema. Either the value, with `${NAME}` replaced from `env`, or every mistake with its line
 * and column, in the file's order. No mistake shows a value of `env`.
 * @param fileName for the messages only
 */
export function parseYaml<Schema extends z.ZodType>(
  text: string,
  fileName: string,
  { schema, namedLists, check }: FileFormat<Schema>,
  env: Environment,
): ParsedYaml<z.output<Schema>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const { mistakes: syntax, isReadable, values: written } = treeOf(document, text);
  const locator = createLocator({ fileName, document, lines, written, schema, namedLists });
  const misspelt = syntax.map(({ offset, message }) => locator.atOffset(offset, message));
  if (!isReadable) return { mistakes: inOrder(misspelt) };

  const replaced = replaceVariables(written, env);
  const parsed = schema.safeParse(replaced.value);
  // A value that a missing variable left incomplete is one mistake, not two.
  const incomplete = new Set(replaced.mistakes.map(({ path }) => path.join('\n')));
  const issues = (parsed.error?.issues ?? []).filter(({ path }) => !incomplete.has(path.join('\n')));
  const mistakes = [
    ...misspelt,
    ...[...replaced.mistakes, ...check(written)].map(({ path, message }) => locator.atPath(path, message)),
    ...issues.flatMap((issue) => locator.atIssue(issue)),
  ];
  return parsed.success && mistakes.length === 0 ? { value: parsed.data } : { mistakes: inOrder(mistakes) };
}

function inOrder(mistakes: readonly FileMistake[]): FileMistake[] {
  return mistakes.toSorted((a, b) => a.line - b.line || a.column - b.column);
}
