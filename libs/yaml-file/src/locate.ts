import type { Document, LineCounter } from 'yaml';
import type { z } from 'zod';
import { describeIssue } from './describe-issue.ts';
import type { NamedLists } from './describe-place.ts';
import { describePlace } from './describe-place.ts';
import { didYouMean } from './did-you-mean.ts';
import { keyOffset, valueOffset } from './document-position.ts';
import type { FileMistake } from './mistake.ts';
import { keysAt } from './schema-keys.ts';

/** Turns what is wrong into mistakes with a place in the file. */
export interface Locator {
  atOffset(offset: number, message: string): FileMistake;
  atPath(path: readonly PropertyKey[], message: string): FileMistake;
  atIssue(issue: z.core.$ZodIssue): FileMistake[];
}

interface LocatedFile {
  readonly fileName: string;
  readonly document: Document;
  readonly lines: LineCounter;
  /** The document's values before variables were replaced: all that a message may show. */
  readonly written: unknown;
  readonly schema: z.core.$ZodType;
  readonly namedLists: NamedLists;
}

export function createLocator(located: LocatedFile): Locator {
  const { fileName: file, document, lines, written, schema, namedLists } = located;
  const atOffset = (offset: number, message: string): FileMistake => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1), message };
  };
  const inPlace = (path: readonly PropertyKey[], message: string): string =>
    [describePlace(path, written, namedLists), message].filter((part) => part !== '').join(': ');
  const atPath = (path: readonly PropertyKey[], message: string) =>
    atOffset(valueOffset(document, path), inPlace(path, message));
  const atIssue = (issue: z.core.$ZodIssue): FileMistake[] => {
    if (issue.code !== 'unrecognized_keys') return [atPath(issue.path, describeIssue(issue, written))];
    const known = keysAt(schema, issue.path);
    return issue.keys.map((key) =>
      atOffset(
        keyOffset(document, issue.path, key),
        inPlace(issue.path, `unknown key "${key}"${didYouMean(key, known)}`),
      ),
    );
  };
  return { atOffset, atPath, atIssue };
}
