import { readFileSync } from 'node:fs';
import type { ParseArgsOptionsConfig } from 'node:util';
import { parseArgs } from 'node:util';

/**
 * The options of a bench. `--help` prints the comment at the head of its file, which says what it measures and how;
 * a wrong option is told in one line. Both end the program: with 0, and with 2.
 */
export function benchOptions<const T extends ParseArgsOptionsConfig>(options: T) {
  benchHelp();
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  }
}

/** Prints the head of the program's file and ends, when that is asked for. */
export function benchHelp(): void {
  if (!process.argv.includes('--help')) return;
  process.stdout.write(`${headComment(process.argv[1] ?? '')}\n`);
  process.exit(0);
}

function headComment(path: string): string {
  const [, comment = ''] = /^\/\*\*\n([^]*?)\n \*\//.exec(readFileSync(path, 'utf8')) ?? [];
  return comment.replaceAll(/^ \* ?/gm, '');
}
