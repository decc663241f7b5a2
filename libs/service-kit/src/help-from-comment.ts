import { readFileSync } from 'node:fs';

/** On `--help` prints the comment at the head of the program's file and ends: what it says stands in one place. */
export function helpFromComment(): void {
  if (!process.argv.includes('--help')) return;
  process.stdout.write(`${headComment(process.argv[1] ?? '')}\n`);
  process.exit(0);
}

function headComment(path: string): string {
  const [, comment = ''] = /^\/\*\*\n([^]*?)\n \*\//.exec(readFileSync(path, 'utf8')) ?? [];
  return comment.replaceAll(/^ \* ?/gm, '');
}
