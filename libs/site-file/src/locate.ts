import type { Document, LineCounter } from 'yaml';
import type { z } from 'zod';
import { describeIssue } from './describe-issue.ts';
import { describePlace } from './describe-place.ts';
import { didYouMean } from './did-you-mean.ts';
import { keyOffset, valueOffset } from './document-position.ts';
import type { SiteMistake } from './mistake.ts';
import { keysAt } from './schema-keys.ts';
import { siteFileSchema } from './site-schema.ts';

/** Turns what is wrong into mistakes with a place in the file. */
export interface Locator {
  atOffset(offset: number, message: string): SiteMistake;
  atPath(path: readonly PropertyKey[], message: string): SiteMistake;
  atIssue(issue: z.core.$ZodIssue): SiteMistake[];
}

/** @param written the document's values before variables were replaced: all that a message may show */
export function createLocator(
  file: string,
  document: Document,
  lines: LineCounter,
  written: unknown,
): Locator {
  const atOffset = (offset: number, message: string): SiteMistake => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1), message };
  };
  const inPlace = (path: readonly PropertyKey[], message: string): string =>
    [describePlace(path, written), message].filter((part) => part !== '').join(': ');
  const atPath = (path: readonly PropertyKey[], message: string) =>
    atOffset(valueOffset(document, path), inPlace(path, message));
  const atIssue = (issue: z.core.$ZodIssue): SiteMistake[] => {
    if (issue.code !== 'unrecognized_keys') return [atPath(issue.path, describeIssue(issue, written))];
    const known = keysAt(siteFileSchema, issue.path);
    return issue.keys.map((key) =>
      atOffset(
        keyOffset(document, issue.path, key),
        inPlace(issue.path, `unknown key "${key}"${didYouMean(key, known)}`),
      ),
    );
  };
  return { atOffset, atPath, atIssue };
}
