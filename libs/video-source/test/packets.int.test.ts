import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSource } from '../src/index.ts';
import type { FrameReader, PacketFacts, PacketJudge, VideoFrame } from '../src/index.ts';
import { asFast, makeVideo } from './fixtures.ts';

// 25 frames/s with a key frame every 50.
const [frames, group] = [170, 50];

interface Read {
  readonly index: number;
  readonly late: boolean;
  readonly mediaTimeUs: number;
  readonly capturedAtUs: number;
  readonly checksum: number;
  readonly packetBytes: number;
  /** `undecoded` of the reader when the frame came. */
  readonly undecoded: number;
}

function checksumOf({ luma, width, height }: VideoFrame): number {
  let sum = 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) sum += (x + 1) * (luma.data[y * luma.stride + x] ?? 0);
  return sum;
}

async function readAll(reader: FrameReader): Promise<Read[]> {
  const seen: Read[] = [];
  for (let frame = await reader.read(); frame; frame = await reader.read()) {
    const { index, late, mediaTimeUs, capturedAtUs, packetBytes } = frame;
    const { undecoded } = reader;
    seen.push({
      index,
      late,
      mediaTimeUs,
      capturedAtUs,
      packetBytes,
      checksum: checksumOf(frame),
      undecoded,
    });
    frame.close();
  }
  return seen;
}

/** Decodes these packets, leaves these key frames alone, and calls these others not calm. */
function judgeOf({
  decode = [] as readonly number[],
  suspiciousKeyFrames = [] as readonly number[],
  restingKeyFrames = [] as readonly number[],
  keepUs = 0,
} = {}): PacketJudge & { asked: PacketFacts[]; looked: number[] } {
  const asked: PacketFacts[] = [];
  const looked: number[] = [];
  return {
    asked,
    looked,
    keepUs,
    judge(packet) {
      asked.push(packet);
      const at = asked.length - 1;
      if (decode.includes(at)) return 'decode';
      return packet.keyFrame && !restingKeyFrames.includes(at) ? 'look' : 'rest';
    },
    isCalm(luma) {
      looked.push(luma.data[0] ?? -1);
      return !suspiciousKeyFrames.includes(asked.length - 1);
    },
  };
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

let folder = '';
let path = '';
let all: Read[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'video-source-'));
  path = await makeVideo(join(folder, 'a.mp4'), frames);
  const reader = await openSource({ kind: 'file', path }, asFast);
  all = await readAll(reader);
  await reader.close();
});
afterAll(() => rm(folder, { recursive: true }));

async function readWith(packets: PacketJudge): Promise<{ seen: Read[]; undecoded: number }> {
  const reader = await openSource({ kind: 'file', path }, { ...asFast, packets });
  const seen = await readAll(reader);
  await reader.close();
  return { seen, undecoded: reader.undecoded };
}

/** The same pictures as without a judge, wherever they were decoded. */
function expectSamePictures(seen: readonly Read[]): void {
  for (const { index, checksum, mediaTimeUs, packetBytes } of seen) {
    expect({ index, checksum, mediaTimeUs, packetBytes }).toEqual({
      index,
      checksum: all[index]?.checksum,
      mediaTimeUs: all[index]?.mediaTimeUs,
      packetBytes: all[index]?.packetBytes,
    });
  }
}

describe('packets that are judged before they are decoded', () => {
  test('leave only key frames to be decoded while nothing is suspicious', async () => {
    const judge = judgeOf();
    const { seen, undecoded } = await readWith(judge);
    expect(seen.map(({ index }) => index)).toEqual([0, 50, 100, 150]);
    expect(seen.map((frame) => frame.undecoded)).toEqual([0, 49, 98, 147]);
    expect(seen.length + undecoded).toBe(frames);
    expect(judge.asked.map(({ keyFrame }) => keyFrame)).toEqual(range(0, frames).map((i) => i % group === 0));
    expect(judge.looked.length).toBe(3);
    expectSamePictures(seen);
  });

  test('leave key frames undecoded that nobody wants to look at', async () => {
    const rested = await readWith(judgeOf({ restingKeyFrames: [50, 150] }));
    expect(rested.seen.map(({ index }) => index)).toEqual([0, 100]);
    const woken = await readWith(judgeOf({ restingKeyFrames: [50, 150], decode: [60] }));
    expect(woken.seen.map(({ index }) => index)).toEqual([...range(0, 61), 100]);
    const seenLater = await readWith(judgeOf({ restingKeyFrames: [50, 150], suspiciousKeyFrames: [100] }));
    expect(seenLater.seen.map(({ index }) => index)).toEqual(range(0, 101));
    for (const { seen, undecoded } of [rested, woken, seenLater]) {
      expect(seen.length + undecoded).toBe(frames);
      expectSamePictures(seen);
    }
  });

  test('are decoded from the last key frame on with the one that is suspicious, each at its own time', async () => {
    const { seen, undecoded } = await readWith(judgeOf({ decode: range(70, 80) }));
    expect(seen.map(({ index }) => index)).toEqual([0, ...range(50, 80), 100, 150]);
    expect(seen.filter(({ late }) => late).map(({ index }) => index)).toEqual(range(51, 70));
    const times = seen.map(({ capturedAtUs }) => capturedAtUs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(seen.length + undecoded).toBe(frames);
    expectSamePictures(seen);
  });

  test('are taken up again in the middle of a group without beginning anew', async () => {
    const { seen } = await readWith(judgeOf({ decode: [60, 75] }));
    expect(seen.map(({ index }) => index)).toEqual([0, ...range(50, 76), 100, 150]);
    expectSamePictures(seen);
  });

  test('are all decoded after all when the key frame behind them shows that something is there', async () => {
    const { seen, undecoded } = await readWith(judgeOf({ suspiciousKeyFrames: [100] }));
    expect(seen.map(({ index }) => index)).toEqual([0, ...range(50, 101), 150]);
    expect(seen.filter(({ late }) => late).map(({ index }) => index)).toEqual(range(51, 100));
    expect(seen.length + undecoded).toBe(frames);
    expectSamePictures(seen);
  });

  test('may be called for a while after a calm key frame, for a pre-roll that reaches back behind it', async () => {
    const keepUs = 400_000;
    const early = await readWith(judgeOf({ decode: [105], keepUs }));
    expect(early.seen.map(({ index }) => index)).toEqual([0, ...range(50, 106), 150]);
    const later = await readWith(judgeOf({ decode: [115], keepUs }));
    expect(later.seen.map(({ index }) => index)).toEqual([0, 50, ...range(100, 116), 150]);
    for (const { seen, undecoded } of [early, later]) {
      expect(seen.length + undecoded).toBe(frames);
      expectSamePictures(seen);
    }
  });

  test('are all decoded when the judge wants each', async () => {
    const { seen, undecoded } = await readWith(judgeOf({ decode: range(0, frames) }));
    expect(seen.map(({ index }) => index)).toEqual(range(0, frames));
    expect(seen.some(({ late }) => late)).toBe(false);
    expect(undecoded).toBe(0);
    expectSamePictures(seen);
  });

  test('of a recording that begins again are numbered on, and its undecoded end counts', async () => {
    const reader = await openSource({ kind: 'file', path }, { ...asFast, loop: true, packets: judgeOf() });
    const indices: number[] = [];
    for (let i = 0; i < 6; i++) {
      const frame = await reader.read();
      indices.push(frame?.index ?? -1);
      frame?.close();
    }
    expect(indices).toEqual([0, 50, 100, 150, 170, 220]);
    await reader.close();
  });
});
