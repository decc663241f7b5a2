import { closeSync, openSync, readSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { ClipKey, Luma } from './clip.ts';
import { clipName, clipSize } from './clip.ts';

/** The plane that our gate looks at: a quarter of the picture's width. */
export const planeSize = { width: clipSize.width / 4, height: clipSize.height / 4 } as const;
const planeBytes = planeSize.width * planeSize.height;

function fileOf(folder: string, version: string, key: ClipKey): string {
  return join(folder, `${clipName(key)}.${version}.planes`);
}

/** Small planes of whole clips on disk, 58 kB a frame: for trying one gate often. */
export function hasPlanes(folder: string, version: string, key: ClipKey): boolean {
  return statSync(fileOf(folder, version, key), { throwIfNoEntry: false })?.size === key.frames * planeBytes;
}

/** Each plane is valid until the next one. */
export function* readPlanes(folder: string, version: string, key: ClipKey): Generator<Luma> {
  const file = openSync(fileOf(folder, version, key), 'r');
  const data = new Uint8Array(planeBytes);
  try {
    while (readSync(file, data) === planeBytes) yield { data, stride: planeSize.width, ...planeSize };
  } finally {
    closeSync(file);
  }
}

export interface PlaneWriter {
  add(plane: Luma): void;
  close(): void;
}

/** The file gets its name when it is complete. */
export function writePlanes(folder: string, version: string, key: ClipKey): PlaneWriter {
  const path = fileOf(folder, version, key);
  const file = openSync(`${path}.partial`, 'w');
  return {
    add: ({ data }) => writeSync(file, data, 0, planeBytes),
    close() {
      closeSync(file);
      renameSync(`${path}.partial`, path);
    },
  };
}
