import { open, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';

const chunkCharacters = 64 * 1024;

/**
 * Writes a file whole or not at all: in `workFolder`, which must be on the same file system, and from there to its
 * place. What is left in the folder after a failure is the caller's to remove.
 */
export async function writeWholeFile(
  path: string,
  pieces: AsyncIterable<string>,
  workFolder: string,
): Promise<void> {
  const temporary = join(workFolder, basename(path));
  const file = await open(temporary, 'wx');
  try {
    let chunk = '';
    for await (const piece of pieces) {
      chunk += piece;
      if (chunk.length < chunkCharacters) continue;
      await file.appendFile(chunk);
      chunk = '';
    }
    await file.appendFile(chunk);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}
