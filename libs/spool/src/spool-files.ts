import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** The folder of a spool as files: a port, so that tests can fill, slow and break the disk. */
export interface SpoolFiles {
  /** Names of the plain files. */
  list(): Promise<string[]>;
  /** @throws when it exists already */
  create(name: string): Promise<SpoolFile>;
  open(name: string): Promise<SpoolFile>;
  /** Undefined when there is none. */
  readWhole(name: string): Promise<Buffer | undefined>;
  /** Afterwards the file is the old or the new one, whatever happens meanwhile. */
  replaceWhole(name: string, bytes: Uint8Array, sync: boolean): Promise<void>;
  remove(name: string): Promise<void>;
  /** Moves a file into the folder `aside`. */
  setAside(name: string): Promise<void>;
  /** Files that were created or removed stay so after a power cut. */
  sync(): Promise<void>;
}

export interface SpoolFile {
  size(): Promise<number>;
  /** Fewer bytes than asked for at the end of the file. */
  read(position: number, bytes: number): Promise<Buffer>;
  /** All of the parts or an error; after an error any of their bytes may stand there. */
  write(position: number, parts: readonly Uint8Array[]): Promise<void>;
  truncate(bytes: number): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

const asideFolder = 'aside';

export async function openFolder(folder: string): Promise<SpoolFiles> {
  await mkdir(folder, { recursive: true });
  const at = (name: string): string => join(folder, name);
  return {
    async list() {
      const entries = await readdir(folder, { withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    },
    create: async (name) => asSpoolFile(await open(at(name), 'wx+')),
    open: async (name) => asSpoolFile(await open(at(name), 'r')),
    readWhole: (name) =>
      readFile(at(name)).catch((error: unknown) => {
        if (isCode(error, 'ENOENT')) return undefined;
        throw error;
      }),
    async replaceWhole(name, bytes, sync) {
      const file = await open(at(`${name}.new`), 'w');
      try {
        await file.writeFile(bytes);
        if (sync) await file.sync();
      } finally {
        await file.close();
      }
      await rename(at(`${name}.new`), at(name));
    },
    remove: (name) => rm(at(name), { force: true }),
    async setAside(name) {
      await mkdir(at(asideFolder), { recursive: true });
      await rename(at(name), join(folder, asideFolder, name));
    },
    async sync() {
      const handle = await open(folder, 'r');
      // Some file systems sync no folders; what they lose then is as with `sync: 'never'`.
      await handle.sync().catch(() => {});
      await handle.close();
    },
  };
}

function asSpoolFile(handle: FileHandle): SpoolFile {
  return {
    size: async () => (await handle.stat()).size,
    async read(position, bytes) {
      const buffer = Buffer.allocUnsafe(bytes);
      let filled = 0;
      while (filled < bytes) {
        const { bytesRead } = await handle.read(buffer, filled, bytes - filled, position + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return buffer.subarray(0, filled);
    },
    write: (position, parts) => writeAll(handle, position, parts),
    truncate: (bytes) => handle.truncate(bytes),
    sync: () => handle.datasync(),
    close: () => handle.close(),
  };
}

/** A nearly full disk takes a part first and tells its error only when the rest is written. */
async function writeAll(handle: FileHandle, position: number, parts: readonly Uint8Array[]): Promise<void> {
  const total = parts.reduce((sum, { length }) => sum + length, 0);
  const { bytesWritten } = await handle.writev([...parts], position);
  if (bytesWritten === total) return;
  const rest = Buffer.concat(parts).subarray(bytesWritten);
  for (let written = 0; written < rest.length;) {
    const at = position + bytesWritten + written;
    written += (await handle.write(rest, written, rest.length - written, at)).bytesWritten;
  }
}

export function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
