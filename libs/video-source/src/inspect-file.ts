import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { FrameLimits } from './frame-limits.ts';
import { checkFrameSize } from './frame-limits.ts';
import { readImageHeader } from './image-header.ts';
import { SourceError } from './source-error.ts';

export interface FileFacts {
  /** FFmpeg's demuxer for a still picture; null: FFmpeg probes the file. */
  readonly format: string | null;
  /** The file starts as a video container does, so a failure to open it means damage, not a wrong file. */
  readonly startsAsVideo: boolean;
}

/** Enough for the metadata that cameras put before a JPEG's size. */
const headBytes = 256 * 1024;

/**
 * Looks at a file before FFmpeg does.
 * @throws {SourceError} when it is missing, empty, not a file, or a picture outside the limits.
 */
export async function inspectFile(path: string, limits: FrameLimits): Promise<FileFacts> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  try {
    await checkRegular(file, path);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    const head = buffer.subarray(0, bytesRead);
    const image = readImageHeader(head);
    if (image) checkFrameSize(path, image.width, image.height, limits);
    return { format: image ? `${image.format}_pipe` : null, startsAsVideo: startsAsVideo(head) };
  } finally {
    await file.close();
  }
}

async function checkRegular(file: FileHandle, path: string): Promise<void> {
  const facts = await file.stat();
  if (facts.isDirectory())
    throw new SourceError('NOT_MEDIA', `${path}: this is a folder. Name a video file in it.`);
  if (!facts.isFile()) throw new SourceError('UNSUPPORTED', `${path}: this is not a regular file.`);
  if (facts.size === 0) throw new SourceError('EMPTY', `${path}: the file is empty (0 bytes).`);
}

/** The signatures of MP4/MOV, Matroska/WebM and AVI. */
function startsAsVideo(head: Buffer): boolean {
  return (
    ['ftyp', 'moov', 'mdat'].includes(head.toString('latin1', 4, 8)) ||
    (head.length >= 4 && head.readUInt32BE(0) === 0x1a45dfa3) ||
    (head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'AVI ')
  );
}

function unreadable(path: string, cause: unknown): SourceError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason';
  return code === 'ENOENT' || code === 'ENOTDIR'
    ? new SourceError('NOT_FOUND', `${path}: there is no such file.`)
    : new SourceError('UNSUPPORTED', `${path}: the file can't be opened (${code}).`);
}
