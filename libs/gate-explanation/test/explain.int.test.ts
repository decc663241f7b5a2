import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createScene } from '@framegate/scene';
import type { Source } from '@framegate/video-source';
import { openWriter } from '@framegate/video-source';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GateSettings } from '../src/index.ts';
import { explainRecording, explanationPage } from '../src/index.ts';

const [width, height] = [640, 360];
let folder: string;
let clip: Source;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framegate-'));
  clip = { kind: 'file', path: join(folder, 'clip.mp4') };
  const scene = createScene({ name: 'plaza', seed: 3, width, height, framesPerSecond: 10 });
  const writer = await openWriter(clip.path, { width, height, framesPerSecond: 10 });
  for (let i = 0; i < 60; i++) writer.write(scene.render(i));
  await writer.close();
});
afterAll(() => rm(folder, { recursive: true }));

type Square = [number, number][];
const square = (from: number, to: number): Square => [[from, 0], [to, 0], [to, 1], [from, 1]]; // prettier-ignore
const settings: GateSettings = { sensitivity: 50, motionMasks: [], privacyMasks: [], zones: [] };
const options = { seconds: 60, signal: new AbortController().signal, pictures: true };
const facts = { source: 'clip.mp4', command: 'framegate', environment: {} };

describe('an explanation', () => {
  it('has a record for each frame, and pictures of the moments that count', async () => {
    const explanation = await explainRecording(clip, settings, options);
    expect(explanation.frames.map(({ frame }) => frame)).toEqual(Array.from({ length: 60 }, (_, i) => i));
    expect(explanation.frames[0]).toMatchObject({ suppressed: 'settling', motion: false, timeSeconds: 0 });
    expect(explanation.summary.passed).toBeGreaterThan(10);
    expect(explanation.pictures.map(({ why }) => why)).toContain('event');
    const page = explanationPage(explanation, facts);
    expect(page.match(/<image /g)?.length).toBe(
      explanation.pictures.filter(({ record }) => record.regions.length > 0).length,
    );
    expect(page).toContain(`${explanation.summary.passed} passed`);
  });

  it('shows nothing under a privacy mask, and motion under a motion mask is none', async () => {
    const masks = {
      motionMasks: [{ name: 'all', polygon: square(0, 1) }],
      privacyMasks: [{ name: 'left', polygon: square(0, 0.5) }],
    };
    const { pictures, summary } = await explainRecording(clip, { ...settings, ...masks }, options);
    expect(summary.passed).toBe(0);
    expect(pictures.length).toBeGreaterThan(0);
    for (const { src, width: wide, height: high } of pictures) {
      const jpeg = Buffer.from(src.split(',')[1] ?? '', 'base64');
      const left = { left: 0, top: 0, width: wide / 2 - 8, height: high };
      const pixels = await sharp(jpeg).extract(left).greyscale().raw().toBuffer();
      expect(pixels.reduce((a, b) => Math.max(a, b))).toBeLessThan(24);
    }
  });

  it('reads no further than it was asked to, and takes no pictures where none are wanted', async () => {
    const { frames, pictures } = await explainRecording(clip, settings, {
      ...options,
      seconds: 2,
      pictures: false,
    });
    expect(frames).toHaveLength(20);
    expect(pictures).toEqual([]);
  });
});
