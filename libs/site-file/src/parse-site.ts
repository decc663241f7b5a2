import { LineCounter, parseDocument } from 'yaml';
import { createLocator } from './locate.ts';
import type { SiteMistake } from './mistake.ts';
import { repeatedNames } from './repeated-names.ts';
import { siteFileSchema } from './site-schema.ts';
import type { Site } from './site.ts';
import { treeOf } from './syntax.ts';
import type { Environment } from './variables.ts';
import { replaceVariables } from './variables.ts';
import { withDefaults } from './with-defaults.ts';

export type ParsedSite = { readonly site: Site } | { readonly mistakes: readonly SiteMistake[] };

/**
 * Reads a site file (YAML). Either the site, with defaults filled in and `${NAME}` replaced from `env`, or every
 * mistake with its line and column, in the file's order. No mistake shows a secret.
 * @param fileName for the messages only
 */
export function parseSite(text: string, fileName: string, env: Environment): ParsedSite {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const { mistakes: syntax, isReadable, values: written } = treeOf(document, text);
  const locator = createLocator(fileName, document, lines, written);
  const misspelt = syntax.map(({ offset, message }) => locator.atOffset(offset, message));
  if (!isReadable) return { mistakes: inOrder(misspelt) };

  const replaced = replaceVariables(written, env);
  const parsed = siteFileSchema.safeParse(replaced.value);
  // A value that a missing variable left incomplete is one mistake, not two.
  const incomplete = new Set(replaced.mistakes.map(({ path }) => path.join('\n')));
  const issues = (parsed.error?.issues ?? []).filter(({ path }) => !incomplete.has(path.join('\n')));
  const mistakes = [
    ...misspelt,
    ...[...replaced.mistakes, ...repeatedNames(written)].map(({ path, message }) =>
      locator.atPath(path, message),
    ),
    ...issues.flatMap((issue) => locator.atIssue(issue)),
  ];
  return parsed.success && mistakes.length === 0
    ? { site: withDefaults(parsed.data) }
    : { mistakes: inOrder(mistakes) };
}

function inOrder(mistakes: readonly SiteMistake[]): SiteMistake[] {
  return mistakes.toSorted((a, b) => a.line - b.line || a.column - b.column);
}
