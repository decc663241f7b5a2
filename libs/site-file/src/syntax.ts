import type { Document, ErrorCode } from 'yaml';
import { visit } from 'yaml';

/** A mistake at an offset of the text. */
interface SyntaxMistake {
  readonly offset: number;
  readonly message: string;
}

const plainMessages: Partial<Record<ErrorCode, string>> = {
  TAB_AS_INDENT: 'a tab indents this line: YAML takes spaces only',
  MULTIPLE_DOCS: 'a second document starts here (---): write one site a file',
  BLOCK_AS_IMPLICIT_KEY:
    'a second "key: value" on one line: put it on its own line, or put the value in quotes',
};

/**
 * What is no YAML, or YAML that can't be a tree of values. Readable: the tree is sure enough to say more about it;
 * after most mistakes of syntax it is a guess.
 */
export function syntaxMistakes(
  document: Document,
  text: string,
): { mistakes: SyntaxMistake[]; isReadable: boolean } {
  const errors = document.errors.map(({ code, message, pos: [offset] }) => ({
    offset,
    message: code === 'DUPLICATE_KEY' ? duplicateKey(text, offset) : (plainMessages[code] ?? message),
  }));
  const aliases = deadAliases(document);
  const isReadable = aliases.length === 0 && document.errors.every(({ code }) => code === 'DUPLICATE_KEY');
  return { mistakes: [...errors, ...aliases], isReadable };
}

function duplicateKey(text: string, offset: number): string {
  const key = /^["']?([^\s:"']+)/.exec(text.slice(offset))?.[1] ?? '';
  return `the key "${key}" stands here for the second time: keep one of them`;
}

/** Aliases (`*name`) to nothing, or to something that contains them. */
function deadAliases(document: Document): SyntaxMistake[] {
  const mistakes: SyntaxMistake[] = [];
  visit(document, {
    Alias: (_key, alias, ancestors) => {
      const target = alias.resolve(document);
      if (target !== undefined && !ancestors.some((ancestor) => ancestor === target)) return;
      const why =
        target === undefined ? 'is defined nowhere above: define it with &' : 'contains itself: write it out';
      mistakes.push({ offset: alias.range?.[0] ?? 0, message: `*${alias.source} ${why}` });
    },
  });
  return mistakes;
}
