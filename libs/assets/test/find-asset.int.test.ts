import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Asset } from '../src/catalogue.ts';
import { find } from '../src/find-asset.ts';
import type { FindOptions } from '../src/find-asset.ts';

const content = Buffer.alloc(300_000, 'frame');
const sha256 = createHash('sha256').update(content).digest('hex');
const asset: Asset = { folder: 'models', file: 'net.onnx', licence: 'none', sha256, bytes: content.length };

let folder: string;
let servers: Server[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framegate-assets-'));
  servers = [];
});

afterEach(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  await rm(folder, { recursive: true });
});

const cached = (): string => join(folder, 'cache/framegate/assets/net.onnx');
const options = (more: FindOptions = {}): FindOptions => ({
  environment: { FRAMEGATE_ASSETS: join(folder, 'own'), XDG_CACHE_HOME: join(folder, 'cache') },
  sharedFolder: join(folder, 'shared'),
  ...more,
});

async function put(path: string, data: string | Buffer = content): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, data);
  return path;
}

/** A server on a free port, and the asset that it serves. */
async function served(listener: Parameters<typeof createServer>[1]): Promise<Asset> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { ...asset, download: { url: `http://127.0.0.1:${address.port}/net`, sha256, bytes: asset.bytes } };
}

describe('an asset', () => {
  it('is looked for with the user, then FRAMEGATE_ASSETS, then ../shared, then the cache', async () => {
    const places = [
      ['cache', cached()],
      ['shared', join(folder, 'shared/models/net.onnx')],
      ['env', join(folder, 'own/models/net.onnx')],
      ['env', join(folder, 'own/net.onnx')],
    ] as const;
    for (const [source, path] of places) {
      await put(path);
      expect(await find('net', asset, options())).toEqual({ path, source, sha256 });
    }
    const path = await put(join(folder, 'mine.onnx'));
    expect(await find('net', asset, options({ path }))).toEqual({ path, source: 'user', sha256 });
  });

  it('with the wrong content is an error that names the file and both checksums, never passed over', async () => {
    await put(cached());
    const path = await put(join(folder, 'shared/models/net.onnx'), 'something else');
    const found = createHash('sha256').update('something else').digest('hex');
    await expect(find('net', asset, options())).rejects.toMatchObject({
      code: 'CHECKSUM',
      message: `${path} has the wrong content: expected SHA-256 ${sha256}, found ${found}. Replace or remove it.`,
    });
  });

  it('that is nowhere is missing, and the message says where it was looked for and what to do', async () => {
    const failure = await find('net', asset, options()).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'MISSING' });
    expect(String(failure)).toContain(cached());
    expect(String(failure)).toContain('no public download is pinned');
    expect(String(failure)).toContain('FRAMEGATE_ASSETS');
  });

  it('is missing where the user said it is, even if it lies elsewhere', async () => {
    await put(cached());
    const path = join(folder, 'nothing.onnx');
    await expect(find('net', asset, options({ path }))).rejects.toMatchObject({ code: 'MISSING' });
  });
});

describe('a download', () => {
  it('reports its progress, fills the cache and is found there afterwards', async () => {
    const remote = await served((_, response) => response.end(content));
    const received: number[] = [];
    const onProgress = ({
      receivedBytes,
      totalBytes,
    }: {
      receivedBytes: number;
      totalBytes: number;
    }): void => {
      expect(totalBytes).toBe(content.length);
      received.push(receivedBytes);
    };
    expect(await find('net', remote, options({ onProgress }))).toEqual({
      path: cached(),
      source: 'download',
      sha256,
    });
    expect(received.at(-1)).toBe(content.length);
    expect(received).toEqual(received.toSorted((a, b) => a - b));
    expect(readFileSync(cached()).equals(content)).toBe(true);
    expect(await find('net', remote, options())).toMatchObject({ source: 'cache' });
  });

  it('is not tried where it is not allowed', async () => {
    const remote = await served((_, response) => response.end(content));
    await expect(find('net', remote, options({ allowDownload: false }))).rejects.toMatchObject({
      code: 'MISSING',
    });
  });

  it.each([
    ['another content', 'CHECKSUM', Buffer.alloc(content.length, 'x')],
    ['too much', 'CHECKSUM', Buffer.alloc(content.length + 1, 'x')],
  ])('that brings %s leaves nothing behind', async (_, code, body) => {
    const remote = await served((_request, response) => response.end(body));
    await expect(find('net', remote, options())).rejects.toMatchObject({ code });
    expect(readdirSync(dirname(cached()))).toEqual([]);
  });

  it('that breaks off leaves nothing behind', async () => {
    const remote = await served((_, response) => {
      response.writeHead(200, { 'content-length': content.length });
      response.write(content.subarray(0, 1000), () => response.destroy());
    });
    await expect(find('net', remote, options())).rejects.toMatchObject({ code: 'DOWNLOAD' });
    expect(existsSync(dirname(cached())) ? readdirSync(dirname(cached())) : []).toEqual([]);
  });

  it('that stalls is given up', async () => {
    const remote = await served((_, response) => {
      response.writeHead(200);
      response.write(content.subarray(0, 1000));
    });
    await expect(find('net', remote, options({ stallTimeoutMs: 100 }))).rejects.toMatchObject({
      code: 'DOWNLOAD',
      message: expect.stringContaining('nothing came for 100 ms'),
    });
  });

  it('that is refused says with what', async () => {
    const remote = await served((_, response) => response.writeHead(404).end());
    await expect(find('net', remote, options())).rejects.toMatchObject({
      code: 'DOWNLOAD',
      message: expect.stringContaining('answered 404'),
    });
  });

  it('gives up in one line when nobody answers in time', async () => {
    const remote = await served(() => undefined);
    const failure = await find('net', remote, options({ connectTimeoutMs: 100 })).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ code: 'UNREACHABLE' });
    expect(String(failure)).toMatch(/^AssetError: \S+ can't be reached: no answer within 100 ms$/);
  });

  it('says why nobody can be reached', async () => {
    const remote = await served(() => undefined);
    const gone = servers.pop();
    await new Promise((resolve) => gone?.close(resolve));
    await expect(find('net', remote, options())).rejects.toMatchObject({
      code: 'UNREACHABLE',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });
});
