import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { openSource, parseSource } from '@framegate/video-source';
import { startMjpegServer } from '../src/index.ts';

describe.each([
  ['mjpeg', 'mjpeg+', 'mjpeg'],
  ['rtsp', '', 'h264'],
])('cameras over %s', (kind, prefix, codec) => {
  it('are read by the reader that edges use', async () => {
    const fixture = join(import.meta.dirname, 'cameras-fixture.ts');
    const cameras = spawn(process.execPath, [fixture, kind], { stdio: ['pipe', 'pipe', 'inherit'] });
    try {
      const [url] = await once(createInterface(cameras.stdout), 'line');
      const reader = await openSource(parseSource(`${prefix}${url}`), {
        pace: 'none',
        now: () => performance.now() * 1000,
      });
      expect(reader.info).toMatchObject({ width: 320, height: 180, codec, live: true });
      // More than one loop of the pictures.
      for (let frame = 0; frame < 20; frame += 1) {
        const picture = await reader.read();
        expect([picture?.width, picture?.height]).toEqual([320, 180]);
        picture?.close();
      }
      await reader.close();
    } finally {
      const exited = once(cameras, 'exit');
      cameras.stdin.end();
      await exited;
    }
  }, 30_000);
});

describe('cameras', () => {
  const place = { host: '127.0.0.1', port: 0, cameras: 3 };

  it('say that nobody reads one, and how many are read', async () => {
    const server = await startMjpegServer({ ...place, pool: [new Uint8Array(9)] });
    const picture = { dueUs: 0, seq: 1, moves: true };
    await expect(server.send(0, picture)).rejects.toThrow('nobody reads');
    expect(server.read()).toBe(0);
    const answer = await fetch(server.urlOf(0));
    expect(server.read()).toBe(1);
    expect(await server.send(0, picture)).toBeGreaterThan(9);
    await answer.body?.cancel();
    await server.close();
  });

  it('answer an address without a camera as not found', async () => {
    const server = await startMjpegServer({ ...place, pool: [] });
    const answer = await fetch(server.urlOf(3));
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('/camera-1 to /camera-3');
    await server.close();
  });
});
