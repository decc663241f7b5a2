import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { glob, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const packageFolder = join(import.meta.dirname, '../..');
const buildProgram = join(import.meta.dirname, 'build-web.ts');
/** All that the pages are made of; package.json stands for the versions of what builds them. */
const ingredients = ['web/**/*.{ts,svelte,css,html,svg,webmanifest}', 'src/protocol/*.ts', 'package.json'];
const buildTimeoutMs = 120_000;

/** The pages could not be built; the message says why. */
class WebBuildError extends Error {
  override readonly name = 'WebBuildError';
}

/**
 * The folder of the built pages, built now where no start before this one has: its name holds a hash of the sources,
 * so a change builds anew and nothing else does. Of several processes that build at once, the first one's result
 * stays.
 * @param cache where it is kept; the default lies in this package and is ignored by git
 * @throws WebBuildError
 */
export async function ensureWeb({ cache = join(packageFolder, '.framegate') } = {}): Promise<string> {
  const folder = join(cache, `web-${await hashOfSources()}`);
  if (existsSync(join(folder, 'index.html'))) return folder;
  try {
    await mkdir(cache, { recursive: true });
    const draft = await mkdtemp(join(cache, 'building-'));
    try {
      await run(process.execPath, [buildProgram, draft], { timeout: buildTimeoutMs, cwd: packageFolder });
      await rename(draft, folder).catch((error: unknown) => {
        // Another process has just put its own there.
        if (!existsSync(join(folder, 'index.html'))) throw error;
      });
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  } catch (error) {
    throw new WebBuildError(`the console's pages could not be built in ${cache}: ${reasonOf(error)}`, {
      cause: error,
    });
  }
  return folder;
}

async function hashOfSources(): Promise<string> {
  const files = await Array.fromAsync(glob(ingredients, { cwd: packageFolder }));
  const hash = createHash('sha256');
  for (const file of files.toSorted()) {
    const text = await readFile(join(packageFolder, file));
    hash.update(`${file} ${text.length}\n`).update(text);
  }
  return hash.digest('hex').slice(0, 16);
}

/** What the compiler said, or else why it did not run. */
function reasonOf(error: unknown): string {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
  const lines = (said || String(error)).split('\n').filter((line) => !/^\s+at /.test(line));
  return lines.slice(0, 12).join('\n');
}
