import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeWholeFile } from '../src/index.ts';
import { inFolder } from './fixtures.ts';

async function* pieces(count: number, failAt = Infinity): AsyncGenerator<string> {
  for (let piece = 0; piece < count; piece++) {
    if (piece === failAt) throw new Error('no more');
    yield `${piece} `.repeat(100);
  }
}

it('replaces a file by all pieces in order', () =>
  inFolder(async (folder) => {
    const path = join(folder, 'out.txt');
    await writeFile(path, 'old');
    await writeWholeFile(path, pieces(1000));
    const expected = (await Array.fromAsync(pieces(1000))).join('');
    expect(await readFile(path, 'utf8')).toBe(expected);
    expect(await readdir(folder)).toEqual(['out.txt']);
  }));

it('leaves the old file and nothing else when the pieces end in an error', () =>
  inFolder(async (folder) => {
    const path = join(folder, 'out.txt');
    await writeFile(path, 'old');
    await expect(writeWholeFile(path, pieces(1000, 900))).rejects.toThrow('no more');
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['out.txt']);
  }));
