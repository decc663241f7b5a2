import { access, constants, mkdtemp, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** A hidden folder beside a file that is to be written, so that it can be moved to its place in one step. */
export interface WorkFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** @throws {Error} with one message when the file could not be written there */
export async function createWorkFolder(out: string): Promise<WorkFolder> {
  if (await isFolder(out)) throw new Error(`${out}: this is a folder. Name a file in it.`);
  const folder = dirname(out);
  await checkFolder(out, folder);
  const path = await mkdtemp(join(folder, `.${basename(out)}.partial-`)).catch((error: unknown) => {
    throw notWritable(out, folder, error);
  });
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** @throws {Error} when `folder`, in which `path` is to lie, is missing or not writable */
export async function checkFolder(path: string, folder: string): Promise<void> {
  if (!(await isFolder(folder)))
    throw new Error(`${path}: there is no folder ${folder}. Create it, or name another.`);
  await access(folder, constants.W_OK).catch((error: unknown) => {
    throw notWritable(path, folder, error);
  });
}

export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (facts) => facts.isDirectory(),
    () => false,
  );
}

function notWritable(path: string, folder: string, cause: unknown): Error {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason';
  return new Error(`${path}: the folder ${folder} can't be written (${code}). Name another.`, { cause });
}
