import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const chunkCharacters = 64 * 1024;

/** Writes a file whole or not at all: beside its place under another name, then moved there. */
export async function writeWholeFile(path: string, pieces: AsyncIterable<string>): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}.partial`);
  try {
    await write(temporary, pieces);
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function write(path: string, pieces: AsyncIterable<string>): Promise<void> {
  await using file = await open(path, 'wx');
  let chunk = '';
  for await (const piece of pieces) {
    chunk += piece;
    if (chunk.length < chunkCharacters) continue;
    await file.appendFile(chunk);
    chunk = '';
  }
  await file.appendFile(chunk);
  await file.sync();
}
