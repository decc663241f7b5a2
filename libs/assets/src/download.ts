import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AssetError } from './asset-error.ts';
import type { Download } from './catalogue.ts';

export interface DownloadProgress {
  readonly receivedBytes: number;
  readonly totalBytes: number;
}

export interface DownloadOptions {
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Gives up when no answer has begun by then. */
  readonly connectTimeoutMs?: number;
  /** Gives up when an answer that has begun brings nothing for so long. */
  readonly stallTimeoutMs?: number;
}

/**
 * Downloads a pinned file: `path` either appears whole and with the right content or not at all.
 * @throws AssetError UNREACHABLE, DOWNLOAD (refused or broken off) or CHECKSUM
 */
export async function download(pin: Download, path: string, options: DownloadOptions = {}): Promise<void> {
  const { connectTimeoutMs = 5000, stallTimeoutMs = 30_000, onProgress } = options;
  const partial = `${path}.${randomUUID()}.partial`;
  const patience = createPatience();
  try {
    patience.extend(connectTimeoutMs);
    const body = await request(pin.url, connectTimeoutMs, patience.signal);
    await mkdir(dirname(path), { recursive: true });
    patience.extend(stallTimeoutMs);
    await save(body, partial, pin, (receivedBytes) => {
      patience.extend(stallTimeoutMs);
      onProgress?.({ receivedBytes, totalBytes: pin.bytes });
    });
    await rename(partial, path);
  } finally {
    patience.end();
    await rm(partial, { force: true });
  }
}

async function request(
  url: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const response = await fetch(url, { signal }).catch((error: unknown) => {
    const reason = signal.aborted ? `no answer within ${timeoutMs} ms` : reasonOf(error);
    throw new AssetError('UNREACHABLE', `${url} can't be reached: ${reason}`, { cause: error });
  });
  if (response.ok && response.body !== null) return response.body;
  throw new AssetError('DOWNLOAD', `${url} answered ${response.status} instead of the file`);
}

async function save(
  body: AsyncIterable<Uint8Array>,
  path: string,
  { url, sha256, bytes }: Download,
  onReceived: (receivedBytes: number) => void,
): Promise<void> {
  const hash = createHash('sha256');
  let receivedBytes = 0;
  await using file = await open(path, 'wx');
  for await (const chunk of brokenOffAsError(body, url)) {
    receivedBytes += chunk.length;
    if (receivedBytes > bytes)
      throw new AssetError('CHECKSUM', `${url} sends more than the ${bytes} bytes that were expected`);
    hash.update(chunk);
    await file.writeFile(chunk);
    onReceived(receivedBytes);
  }
  const found = hash.digest('hex');
  if (found !== sha256)
    throw new AssetError(
      'CHECKSUM',
      `${url} has the wrong content: expected SHA-256 ${sha256}, found ${found}`,
    );
}

async function* brokenOffAsError(body: AsyncIterable<Uint8Array>, url: string): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw new AssetError('DOWNLOAD', `${url} broke off: ${reasonOf(error)}`, { cause: error });
  }
}

/** A signal that aborts when it hasn't been extended for long enough. */
function createPatience(): { signal: AbortSignal; extend(timeoutMs: number): void; end(): void } {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const end = (): void => clearTimeout(timer);
  return {
    signal: controller.signal,
    end,
    extend: (timeoutMs) => {
      end();
      timer = setTimeout(() => controller.abort(new Error(`nothing came for ${timeoutMs} ms`)), timeoutMs);
    },
  };
}

/** fetch says only "fetch failed"; the reason is its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message || error.cause.name : error.message;
}
