import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { Parts } from './target.ts';

/** Inputs that broke something once; each is tried again by the tests. */
const keptFolder = join(import.meta.dirname, '..', 'kept');

const keptSchema = z.strictObject({
  target: z.string(),
  error: z.string(),
  /** Base64. */
  parts: z.array(z.base64()),
});

export interface Kept {
  readonly file: string;
  readonly target: string;
  readonly parts: Parts;
}

/** @returns the path of the file */
export function keepCrash(target: string, error: string, parts: Parts, folder = keptFolder): string {
  mkdirSync(folder, { recursive: true });
  const texts = parts.map((part) => Buffer.from(part).toString('base64'));
  const hash = createHash('sha256').update(texts.join()).digest('hex').slice(0, 12);
  const path = join(folder, `${target}-${hash}.json`);
  const [firstLine = ''] = error.split('\n');
  writeFileSync(path, `${JSON.stringify({ target, error: firstLine, parts: texts }, null, 2)}\n`);
  return path;
}

export function readKept(folder = keptFolder): Kept[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((file) => {
      const { target, parts } = keptSchema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
      return { file, target, parts: parts.map((part) => Buffer.from(part, 'base64')) };
    });
}
