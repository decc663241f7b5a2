import type { SpoolFiles } from './spool-files.ts';

/**
 * The index of the oldest record that was not released, in a file of its own. It is written some time after the
 * release, so after a crash the last records come again: whoever takes them must know them again.
 */
const cursorName = 'cursor';
const schema = 'framegate.spool-cursor/1';

export const cursorNames: readonly string[] = [cursorName, `${cursorName}.new`];

export async function readCursor(files: SpoolFiles): Promise<number | undefined | 'damaged'> {
  const text = (await files.readWhole(cursorName))?.toString('utf8');
  if (text === undefined) return undefined;
  const [found, next] = text.trimEnd().split(' ');
  const index = Number(next);
  return found === schema && /^\d+$/.test(next ?? '') && Number.isSafeInteger(index) ? index : 'damaged';
}

export async function writeCursor(files: SpoolFiles, next: number, sync: boolean): Promise<void> {
  await files.replaceWhole(cursorName, Buffer.from(`${schema} ${next}\n`), sync);
}
