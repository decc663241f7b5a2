import type { Document, ErrorCode } from 'yaml';
import { visit } from 'yaml';

/** A mistake at an offset of the text. */
interface SyntaxMistake {
  readonly offset: number;
  readonly message: string;
}

const plainMessages: Partial<Record<ErrorCode, string>> = {
  TAB_AS_INDENT: 'a tab indents this line: YAML takes spaces only',
  MULTIPLE_DOCS: 'a second document starts here (---): write one document a file',
  BLOCK_AS_IMPLICIT_KEY:
    'a second "key: value" on one line: put it on its own line, or put the value in quotes',
};

/** A YAML document as a tree of values. */
interface Tree {
  readonly mistakes: readonly SyntaxMistake[];
  /** Whether the tree is sure enough to say more about it: after most mistakes of syntax it is a guess. */
  readonly isReadable: boolean;
  readonly values: unknown;
}

/** The values of a document, or why it is no YAML, or none that can be a tree of values. */
export function treeOf(document: Document, text: string): Tree {
  const errors = [...document.errors, ...document.warnings].map(({ code, message, pos: [offset] }) => ({
    offset,
    message: code === 'DUPLICATE_KEY' ? duplicateKey(text, offset) : (plainMessages[code] ?? message),
  }));
  const mistakes = [...errors, ...deadAliases(document)];
  const isUnsure =
    document.errors.some(({ code }) => code !== 'DUPLICATE_KEY') || mistakes.length > errors.length;
  if (isUnsure) return { mistakes, isReadable: false, values: undefined };
  try {
    return { mistakes, isReadable: true, values: document.toJS() };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { mistakes: [...mistakes, { offset: 0, message: reason }], isReadable: false, values: undefined };
  }
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
