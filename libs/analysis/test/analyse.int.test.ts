import { open, readdir, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { DetectError } from '@framegate/object-detector';
import { openSource } from '@framegate/video-source';
import { describe, expect, it } from 'vitest';
import type { SideBySideOptions } from '../src/index.ts';
import { analyseRecordings, analysisLedger, annotateRecording, inspectRecording } from '../src/index.ts';
import { fakeDetector, inFolder, makeVideo } from './fixtures.ts';

const never = new AbortController().signal;
const defaults = {
  threads: 2,
  classes: undefined,
  minScore: 0.3,
  gated: false,
  signal: never,
  onDecoded: () => {},
};

async function analyse(paths: readonly string[], folder: string, options: Partial<SideBySideOptions> = {}) {
  const recordings = paths.map((path) => ({ name: path, source: { kind: 'file', path } as const }));
  const { detector } = fakeDetector();
  const analysed = await analyseRecordings(recordings, folder, { detector, ...defaults, ...options });
  const frames = await Promise.all(analysed.map(({ log }) => Array.fromAsync(log.frames())));
  return { analysed, frames };
}

describe('analysing recordings', () => {
  it('looks at every frame and logs them in order, in whatever order the detector answers', () =>
    inFolder(async (folder) => {
      const clip = await makeVideo(join(folder, 'clip.mp4'), 40);
      let asked = 0;
      const { detector } = fakeDetector(async () => {
        // Every second answer waits for a few turns of the event loop.
        for (let turns = asked++ % 2 === 0 ? 5 : 0; turns > 0; turns--) await setImmediate();
      });
      const { analysed, frames } = await analyse([clip], folder, { detector });
      expect(frames[0]?.map(({ frame }) => frame)).toEqual(Array.from({ length: 40 }, (_, index) => index));
      expect(frames[0]?.[10]).toMatchObject({ timeSeconds: 1, width: 320, height: 180, file: clip });
      expect(frames[0]?.[10]?.gate).toEqual({ score: null, regions: [] });
      expect(analysed[0]?.found).toEqual({ thing: 40 });
      expect(analysisLedger(analysed)).toMatchObject({ edge: { captured: 40 }, balanced: true });
    }));

  it('never has more frames under way than it may, and drops none', () =>
    inFolder(async (folder) => {
      const clip = await makeVideo(join(folder, 'clip.mp4'), 30);
      const { detector, seen } = fakeDetector(() => setImmediate());
      await analyse([clip], folder, { detector, threads: 1 });
      expect(seen.frames).toBe(30);
      expect(seen.mostUnderWay).toBeLessThanOrEqual(8);
    }));

  it('sends only frames with motion through the gate, with their regions', () =>
    inFolder(async (folder) => {
      const clip = await makeVideo(join(folder, 'clip.mp4'), 50);
      const { analysed, frames } = await analyse([clip], folder, { gated: true });
      const { edge } = analysisLedger(analysed);
      expect(edge.captured).toBe(50);
      expect(edge.stopped).toBeGreaterThan(20);
      expect(edge.published).toBe(frames[0]?.length);
      expect(edge.stopped + edge.published).toBe(50);
      for (const { frame, gate } of frames[0] ?? []) {
        expect(frame).toBeGreaterThan(20);
        expect(gate.score).toBeGreaterThan(0);
        expect(gate.regions.length).toBeGreaterThan(0);
      }
    }));

  it('gives the same log for the same file each time, beside others too', () =>
    inFolder(async (folder) => {
      const clips = [
        await makeVideo(join(folder, 'a.mp4'), 45),
        await makeVideo(join(folder, 'b.mp4'), 60),
        await makeVideo(join(folder, 'c.mp4'), 50),
      ];
      const together = await analyse(clips, folder, { gated: true });
      expect(together.frames.map((own) => own[0]?.file)).toEqual(clips);
      for (const [index, clip] of clips.entries())
        await inFolder(async (other) => {
          const alone = await analyse([clip], other, { gated: true, threads: 1 });
          expect(alone.frames[0]).toEqual(together.frames[index]);
        });
    }));

  it('counts a frame that the detector refuses as failed and goes on', () =>
    inFolder(async (folder) => {
      const clip = await makeVideo(join(folder, 'clip.mp4'), 20);
      let asked = 0;
      const { detector } = fakeDetector(async () => {
        if (asked++ === 7) throw new DetectError('INFERENCE_FAILED', 'the model failed: no reason');
      });
      const { analysed, frames } = await analyse([clip], folder, { detector });
      expect(frames[0]).toHaveLength(19);
      expect(analysed[0]?.failure).toMatch(/^frame \d+: the model failed/);
      const ledger = analysisLedger(analysed);
      expect(ledger).toMatchObject({ cloud: { analysed: 19, failed: 1 }, balanced: true });
    }));

  it('analyses what there is of a file that is cut short, and says so', () =>
    inFolder(async (folder) => {
      const clip = await makeVideo(join(folder, 'clip.mp4'), 60);
      await using file = await open(clip);
      const { size } = await file.stat();
      await truncate(clip, Math.round(size * 0.7));
      const { analysed, frames } = await analyse([clip], folder);
      expect(analysed[0]?.problem).toContain('cut short');
      expect(frames[0]?.length).toBeGreaterThan(5);
      expect(frames[0]?.length).toBeLessThan(60);
      expect(analysisLedger(analysed).balanced).toBe(true);
    }));

  it('ends when it is stopped, with the reason', () =>
    inFolder(async (folder) => {
      const clip = await makeVideo(join(folder, 'clip.mp4'), 200);
      const stop = new AbortController();
      const { detector, seen } = fakeDetector(async () => {
        if (seen.frames === 5) stop.abort(new Error('enough'));
      });
      await expect(analyse([clip], folder, { detector, signal: stop.signal })).rejects.toThrow('enough');
      expect(seen.frames).toBeLessThan(30);
    }));
});

describe('inspecting a recording', () => {
  it('refuses what is no file, and hides credentials', async () => {
    await expect(inspectRecording('rtsp://u:secret@10.0.0.1/x', never)).rejects.toThrow(
      /no file but a camera/,
    );
    await expect(inspectRecording('rtsp://u:secret@10.0.0.1/x', never)).rejects.not.toThrow(/secret/);
  });

  it('takes a file that is cut short, since it is told when it is analysed', () =>
    inFolder(async (folder) => {
      const clip = await makeVideo(join(folder, 'clip.mp4'), 60);
      await truncate(clip, Math.round((await readFile(clip)).length * 0.7));
      expect((await inspectRecording(clip, never)).info.width).toBe(320);
    }));
});

describe('an annotated recording', () => {
  it('has every frame of its source, drawn over where something was found', () =>
    inFolder(async (folder) => {
      const clip = await makeVideo(join(folder, 'clip.mp4'), 30);
      const { analysed } = await analyse([clip], folder, { gated: true });
      const [first] = analysed;
      if (!first) throw new Error('nothing was analysed');
      const out = join(folder, 'annotated.mp4');
      let drawn = 0;
      const options = { signal: never, onFrame: () => void (drawn += 1) };
      await annotateRecording(await inspectRecording(clip, never), first.log, out, options);
      const [before, after] = [await lumaOf(clip), await lumaOf(out)];
      expect(drawn).toBe(30);
      expect(after).toHaveLength(before.length);
      // The corner with the gate's state is darker, the middle of a still frame as it was.
      expect(after[5]?.corner).toBeLessThan((before[5]?.corner ?? 0) - 5);
      expect(Math.abs((after[5]?.middle ?? 0) - (before[5]?.middle ?? 0))).toBeLessThan(4);
    }));

  it('is not there when it was stopped', () =>
    inFolder(async (folder) => {
      const clip = await makeVideo(join(folder, 'clip.mp4'), 30);
      const { analysed } = await analyse([clip], folder);
      const [first] = analysed;
      if (!first) throw new Error('nothing was analysed');
      const stop = new AbortController();
      const options = { signal: stop.signal, onFrame: () => stop.abort(new Error('enough')) };
      const out = join(folder, 'annotated.mp4');
      const annotating = annotateRecording(await inspectRecording(clip, never), first.log, out, options);
      await expect(annotating).rejects.toThrow('enough');
      expect((await readdir(folder)).filter((name) => name.includes('annotated'))).toEqual([]);
    }));
});

/** Mean luma of two places of each frame. */
async function lumaOf(path: string): Promise<{ corner: number; middle: number }[]> {
  const reader = await openSource({ kind: 'file', path }, { pace: 'none', now: () => 0 });
  const found: { corner: number; middle: number }[] = [];
  for (let frame = await reader.read(); frame; frame = await reader.read()) {
    const { data, stride } = frame.luma;
    const mean = (x: number, y: number): number =>
      data.subarray(y * stride + x, y * stride + x + 8).reduce((sum, value) => sum + value, 0) / 8;
    found.push({ corner: mean(10, 1), middle: mean(160, 90) });
    frame.close();
  }
  await reader.close();
  return found;
}
