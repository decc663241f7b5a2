import { mkdtemp, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** A hidden folder beside a file that is to be written, for what is needed until then. */
export interface WorkFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** @throws {Error} with one message when `out` could not be written */
export async function createWorkFolder(out: string): Promise<WorkFolder> {
  if (await isFolder(out)) throw new Error(`${out}: this is a folder. Name a file in it.`);
  const folder = dirname(out);
  if (!(await isFolder(folder)))
    throw new Error(`${out}: there is no folder ${folder}. Create it, or name another.`);
  const path = await mkdtemp(join(folder, `.${basename(out)}.work-`)).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    throw new Error(`${out}: the folder ${folder} can't be written (${code}). Name another.`, {
      cause: error,
    });
  });
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Tries what permissions alone don't tell. @throws {Error} with one message when `out` could not be written */
export async function checkWritable(out: string): Promise<void> {
  const probe = await createWorkFolder(out);
  await probe.remove();
}

export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (facts) => facts.isDirectory(),
    () => false,
  );
}
