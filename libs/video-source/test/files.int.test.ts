import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSource, openWriter } from '../src/index.ts';
import {
  asFast,
  cutShort,
  failureOf,
  inFolder,
  makeJpeg,
  makeVideo,
  movingSquare,
  nowUs,
  readFrames,
  silence,
} from './fixtures.ts';

describe('a video file', () => {
  test('comes back frame by frame as it was written', async () => {
    await inFolder(async (folder) => {
      const path = await makeVideo(join(folder, 'a.mp4'), 30);
      const reader = await openSource({ kind: 'file', path }, asFast);
      expect(reader.info).toEqual({
        width: 160,
        height: 96,
        codec: 'h264',
        framesPerSecond: 25,
        durationSeconds: 1.2,
        frameCount: 30,
        live: false,
      });
      const { seen, error } = await readFrames(reader);
      expect(error).toBeUndefined();
      expect(seen.map(({ index }) => index)).toEqual(Array.from({ length: 30 }, (_, i) => i));
      expect(seen.map(({ mediaTimeUs }) => mediaTimeUs)).toEqual(
        Array.from({ length: 30 }, (_, i) => i * 40_000),
      );
      for (const { meanLuma } of seen) expect(meanLuma).toBeCloseTo(40 + (180 * 32 * 32) / (160 * 96), 0);
      await reader.close();
    });
  });

  test('starts again where it ends when it is to loop, and time and numbers go on', async () => {
    await inFolder(async (folder) => {
      const path = await makeVideo(join(folder, 'a.mp4'), 5);
      const reader = await openSource({ kind: 'file', path }, { ...asFast, loop: true });
      const { seen } = await readFrames(reader, 17);
      expect(seen.map(({ index }) => index)).toEqual(Array.from({ length: 17 }, (_, i) => i));
      expect(seen.map(({ mediaTimeUs }) => mediaTimeUs)).toEqual(
        Array.from({ length: 17 }, (_, i) => i * 40_000),
      );
      await reader.close();
    });
  });

  test('played in real time gives each frame the time when it was due, and counts what it skips', async () => {
    await inFolder(async (folder) => {
      const path = await makeVideo(join(folder, 'a.mp4'), 20);
      const reader = await openSource({ kind: 'file', path }, { pace: 'realtime', now: nowUs });
      const { seen } = await readFrames(reader);
      const first = seen[0]?.capturedAtUs ?? 0;
      for (const frame of seen) expect(frame.capturedAtUs - first).toBeCloseTo(frame.index * 40_000, -1);
      expect(seen.length + reader.skipped).toBe(20);
      await reader.close();
    });
  });

  test('ends when it is given up while it waits for the next frame', async () => {
    await inFolder(async (folder) => {
      const path = await makeVideo(join(folder, 'a.mp4'), 5);
      const stop = new AbortController();
      // Time stands still: the second frame is never due.
      const reader = await openSource(
        { kind: 'file', path },
        { pace: 'realtime', now: () => 0, signal: stop.signal },
      );
      (await reader.read())?.close();
      const second = reader.read();
      stop.abort();
      expect(await second).toBeNull();
      await reader.close();
    });
  });

  test('may change its size: frames say their own', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'a.mjpeg');
      const sizes = [
        [160, 96],
        [160, 96],
        [320, 192],
        [64, 64],
      ] as const;
      await writeFile(
        path,
        Buffer.concat(await Promise.all(sizes.map(([width, height]) => makeJpeg(width, height)))),
      );
      const reader = await openSource({ kind: 'file', path }, asFast);
      const { seen } = await readFrames(reader);
      expect(seen.map(({ size }) => size)).toEqual(sizes.map(([width, height]) => `${width}x${height}`));
      await reader.close();
    });
  });

  test('that grows over the limit fails there, not before', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'a.mjpeg');
      await writeFile(path, Buffer.concat([await makeJpeg(160, 96), await makeJpeg(640, 480)]));
      const limits = { minSide: 16, maxSide: 600, maxPixels: 320 * 240, maxJpegBytes: 1e6 };
      const reader = await openSource({ kind: 'file', path }, { ...asFast, limits });
      const { seen, error } = await readFrames(reader);
      expect(seen.map(({ size }) => size)).toEqual(['160x96']);
      expect(error).toMatchObject({ code: 'TOO_LARGE' });
      await reader.close();
    });
  });
});

describe('a file that is not a video', () => {
  /** A PNG's header; nothing behind it is ever looked at. */
  const png = (width: number, height: number): Buffer => {
    const bytes = Buffer.from('89504e470d0a1a0a0000000d4948445200000000000000000802000000', 'hex');
    bytes.writeUInt32BE(width, 16);
    bytes.writeUInt32BE(height, 20);
    return bytes;
  };
  const text = Buffer.from(Array.from({ length: 5000 }, (_, i) => `${i}\n`).join(''));
  const playlist = Buffer.from(
    '#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n/etc/passwd\n#EXT-X-ENDLIST\n',
  );
  const concat = Buffer.from("ffconcat version 1.0\nfile '/etc/passwd'\n");

  test.each([
    ['empty.mp4', Buffer.alloc(0), 'EMPTY', 'the file is empty'],
    ['text.mp4', text, 'NOT_MEDIA', 'not a video file'],
    ['playlist.m3u8', playlist, 'NOT_MEDIA', 'not a video file'],
    ['playlist.mp4', playlist, 'NOT_MEDIA', 'not a video file'],
    ['concat.mp4', concat, 'NOT_MEDIA', 'not a video file'],
    ['sound.wav', silence(), 'NO_VIDEO', 'there is no video'],
    ['tiny.png', png(1, 1), 'TOO_SMALL', 'is 1x1 pixels'],
    ['huge.png', png(20_000, 20_000), 'TOO_LARGE', 'is 20000x20000 pixels'],
  ])('%s is refused in one message that names it', async (name, bytes, code, reason) => {
    await inFolder(async (folder) => {
      const path = join(folder, name);
      await writeFile(path, bytes);
      const error = await failureOf({ kind: 'file', path });
      expect(error).toMatchObject({ code, retryable: false });
      expect(error.message).toContain(path);
      expect(error.message).toContain(reason);
    });
  });

  test('a missing file, a folder and a missing device are refused by name', async () => {
    await inFolder(async (folder) => {
      await mkdir(join(folder, 'a'));
      expect(await failureOf({ kind: 'file', path: join(folder, 'none.mp4') })).toMatchObject({
        code: 'NOT_FOUND',
      });
      expect(await failureOf({ kind: 'file', path: join(folder, 'a') })).toMatchObject({ code: 'NOT_MEDIA' });
      expect(await failureOf({ kind: 'v4l2', device: '/dev/video987' })).toMatchObject({
        code: 'NOT_FOUND',
        retryable: true,
      });
    });
  });

  test('a video whose end is missing gives the frames that are there, then TRUNCATED', async () => {
    await inFolder(async (folder) => {
      const path = await cutShort(await makeVideo(join(folder, 'a.mp4'), 100), 0.6);
      const reader = await openSource({ kind: 'file', path }, asFast);
      const { seen, error } = await readFrames(reader);
      expect(seen.length).toBeGreaterThan(10);
      expect(seen.length).toBeLessThan(100);
      expect(error).toMatchObject({ code: 'TRUNCATED' });
      expect(await reader.read()).toBeNull();
      await reader.close();
    });
  });

  test('a video without even its index is TRUNCATED at once', async () => {
    await inFolder(async (folder) => {
      const path = await cutShort(await makeVideo(join(folder, 'a.mp4'), 50), 0.02);
      expect(await failureOf({ kind: 'file', path })).toMatchObject({ code: 'TRUNCATED' });
    });
  });

  test('a video of noise where its frames should be is CORRUPT, also when it is to loop', async () => {
    await inFolder(async (folder) => {
      const path = await makeVideo(join(folder, 'a.mp4'), 50);
      const bytes = await readFile(path);
      bytes.fill(0xa5, bytes.indexOf('mdat') + 4);
      await writeFile(path, bytes);
      expect(await failureOf({ kind: 'file', path }, { ...asFast, loop: true })).toMatchObject({
        code: 'CORRUPT',
        retryable: false,
      });
    });
  });
});

describe('a video that is written', () => {
  test('has its name only when it is complete', async () => {
    await inFolder(async (folder) => {
      const writer = await openWriter(join(folder, 'a.mp4'), { width: 160, height: 96, framesPerSecond: 25 });
      writer.write(movingSquare(0, 160, 96));
      expect(await readdir(folder)).not.toContain('a.mp4');
      await writer.close();
      expect(await readdir(folder)).toEqual(['a.mp4']);
    });
  });

  test('leaves nothing behind when it is given up', async () => {
    await inFolder(async (folder) => {
      const writer = await openWriter(join(folder, 'a.mp4'), { width: 160, height: 96, framesPerSecond: 25 });
      writer.write(movingSquare(0, 160, 96));
      await writer.abort();
      expect(await readdir(folder)).toEqual([]);
    });
  });

  test('refuses odd sizes, foreign pictures and missing folders', async () => {
    await inFolder(async (folder) => {
      const size = { width: 160, height: 96, framesPerSecond: 25 };
      await expect(openWriter(join(folder, 'a.mp4'), { ...size, width: 161 })).rejects.toThrow('161x96');
      await expect(openWriter(join(folder, 'none', 'a.mp4'), size)).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
      const writer = await openWriter(join(folder, 'a.mp4'), size);
      expect(() => writer.write(movingSquare(0, 320, 96))).toThrow('the picture 320x96');
      await writer.abort();
    });
  });
});
