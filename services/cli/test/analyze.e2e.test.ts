import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnalysisLedger } from '@framegate/analysis';
import { analysedFrameSchema } from '@framegate/analysis';
import { need } from '@framegate/test-kit';
import type { TruthBox } from '@framegate/scene';
import { openSource } from '@framegate/video-source';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { framegate, startFramegate } from './framegate.ts';

const vtest = join(import.meta.dirname, '../../../../shared/footage/vtest.avi');
const withFootage = need('real footage', () => existsSync(vtest), 'put vtest.avi into ../shared/footage');
const seconds = 16;

let clips: string;
let clip: string;
let truth: string;
let folder: string;

beforeAll(async () => {
  clips = await mkdtemp(join(tmpdir(), 'framegate-clips-'));
  [clip, truth] = [join(clips, 'street.mp4'), join(clips, 'street.jsonl')];
  const drawing = ['street', clip, '--truth', truth, '--seconds', String(seconds), '--size', '640x360'];
  const { exitCode, stderr } = await framegate(clips, 'scene', 'render', ...drawing);
  if (exitCode !== 0) throw new Error(`the scene was not drawn: ${stderr}`);
});
afterAll(() => rm(clips, { recursive: true }));
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'framegate-'))));
afterEach(() => rm(folder, { recursive: true }));

async function analyze(...args: string[]) {
  return framegate(folder, 'analyze', ...args, '--model', 'street-nano');
}

const written = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
async function readResult(name: string) {
  const lines = (await written(name)).trimEnd().split('\n');
  const frames = lines.slice(0, -1).map((line) => analysedFrameSchema.parse(JSON.parse(line)));
  const { ledger }: { ledger: AnalysisLedger } = JSON.parse(lines.at(-1) ?? '');
  return { frames, ledger };
}

describe('framegate analyze', () => {
  it('writes a line for each frame with motion, in order, and a ledger that balances', async () => {
    const { exitCode, stdout, stderr } = await analyze(clip, '--out', 'r.jsonl');
    expect(exitCode, stderr).toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain('ledger balanced');
    const { frames, ledger } = await readResult('r.jsonl');
    expect(ledger).toMatchObject({ edge: { captured: seconds * 10 }, balanced: true });
    expect(ledger.edge.stopped).toBeGreaterThan(0);
    expect(ledger.cloud.analysed).toBe(frames.length);
    expect(frames.length).toBeGreaterThan(20);
    expect(frames.map(({ frame }) => frame)).toEqual(
      frames.map(({ frame }) => frame).toSorted((a, b) => a - b),
    );
    for (const { frame, timeSeconds, gate } of frames) {
      expect(timeSeconds).toBeCloseTo(frame / 10, 3);
      expect(gate.regions.length).toBeGreaterThan(0);
    }
    expect(await readdir(folder)).toEqual(['r.jsonl']);
  });

  it('finds what the truth says is to be seen', async () => {
    await analyze(clip, '--out', 'r.jsonl', '--every-frame', '--classes', 'car');
    const { frames, ledger } = await readResult('r.jsonl');
    expect(ledger).toMatchObject({ edge: { stopped: 0, published: seconds * 10 }, balanced: true });
    const truthLines = (await readFile(truth, 'utf8')).trimEnd().split('\n');
    const visible = truthLines.map((line) => {
      const { objects }: { objects: TruthBox[] } = JSON.parse(line);
      return objects.some((object) => object.class === 'car' && object.visible > 0.9);
    });
    const found = frames.map(({ objects }) => objects.length > 0);
    const seen = visible.flatMap((isVisible, frame) => (isVisible ? [found[frame]] : []));
    expect(seen.length).toBeGreaterThan(5);
    expect(seen.filter(Boolean).length / seen.length).toBeGreaterThan(0.9);
    expect(frames.flatMap(({ objects }) => objects).every((object) => object.class === 'car')).toBe(true);
    expect(frames[0]?.gate).toEqual({ score: null, regions: [] });
  });

  it('writes the same bytes each time, with other threads too', async () => {
    await analyze(clip, clip, '--out', 'first.jsonl');
    await analyze(clip, clip, '--out', 'second.jsonl', '--threads', '1');
    await analyze(clip, clip, '--out', 'third.jsonl', '--threads', '3');
    const first = await written('first.jsonl');
    expect(first.length).toBeGreaterThan(1000);
    expect(await written('second.jsonl')).toBe(first);
    expect(await written('third.jsonl')).toBe(first);
  });

  it('writes COCO and CSV that say the same as JSONL', async () => {
    await analyze(clip, '--out', 'r.jsonl');
    await analyze(clip, '--out', 'r.json', '--format', 'coco', '--quiet');
    await analyze(clip, '--out', 'r.csv', '--format', 'csv', '--quiet');
    const { frames } = await readResult('r.jsonl');
    const coco = JSON.parse(await written('r.json'));
    const objects = frames.flatMap((frame) => frame.objects);
    expect(coco.images).toHaveLength(frames.length);
    expect(coco.annotations.map(({ bbox }: { bbox: unknown }) => bbox)).toEqual(
      objects.map(({ box }) => box),
    );
    const rows = (await written('r.csv'))
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((row) => row.split(','));
    expect(rows.every((row) => row.length === 10)).toBe(true);
    expect(rows.filter((row) => row[3] !== '').map((row) => row.slice(5, 9).map(Number))).toEqual(
      objects.map(({ box }) => box),
    );
  });

  it('draws what it found into a video of the same length, one for each input', async () => {
    await mkdir(join(folder, 'videos'));
    const { exitCode, stderr } = await analyze(clip, clip, '--out', 'r.jsonl', '--annotate', 'videos');
    expect(exitCode, stderr).toBe(0);
    const names = await readdir(join(folder, 'videos'));
    expect(names.toSorted()).toEqual(['street-2.annotated.mp4', 'street.annotated.mp4']);
    const path = join(folder, 'videos', 'street.annotated.mp4');
    const reader = await openSource({ kind: 'file', path }, { pace: 'none', now: () => 0 });
    expect(reader.info).toMatchObject({ width: 640, height: 360, frameCount: seconds * 10 });
    await reader.close();
  });

  it('analyses what there is of a file that is cut short, warns once and exits 1', async () => {
    const cut = join(folder, 'cut.mp4');
    const whole = await readFile(clip);
    await writeFile(cut, whole);
    await truncate(cut, Math.round(whole.length * 0.6));
    const { exitCode, stderr } = await analyze('cut.mp4', '--out', 'r.jsonl', '--every-frame', '--quiet');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^cut\.mp4: the file is cut short: .* The \d+ analysed frames are written\.\n$/);
    const { frames, ledger } = await readResult('r.jsonl');
    expect(frames.length).toBeGreaterThan(10);
    expect(ledger).toMatchObject({ edge: { captured: frames.length }, balanced: true });
  });

  it('reports all bad inputs and mistakes at once, before any work, and writes nothing', async () => {
    await writeFile(join(folder, 'empty.mp4'), '');
    await writeFile(join(folder, 'text.mp4'), 'this is no video, but some text\n'.repeat(50));
    const bad = ['absent.mp4', 'empty.mp4', 'text.mp4', '.', 'rtsp://u:hunter2@10.0.0.1/x'];
    const { exitCode, stderr } = await framegate(
      ...([folder, 'analyze', clip, ...bad, '--out', 'absent/r.jsonl', '--model', 'yolo-9000'] as const),
    );
    expect(exitCode).toBe(2);
    const lines = stderr.trimEnd().split('\n');
    expect(lines).toHaveLength(bad.length + 2);
    expect(lines[0]).toBe('absent.mp4: there is no such file.');
    expect(lines[1]).toContain('empty.mp4: the file is empty');
    expect(lines[2]).toContain('text.mp4: this is not a video file');
    expect(lines[3]).toContain('this is a folder');
    expect(lines[4]).toContain('no file but a camera');
    expect(lines[5]).toContain('yolo-9000');
    expect(lines[6]).toContain('absent/r.jsonl: there is no folder absent');
    expect(stderr).not.toContain('hunter2');
    expect((await readdir(folder)).toSorted()).toEqual(['empty.mp4', 'text.mp4']);
  });

  it.each([
    ['a folder that can not be written', ['--out', '/proc/r.jsonl'], '/proc/r.jsonl: the folder /proc'],
    ['an output that is an input', ['--out', 'CLIP'], 'this is an input and would be overwritten'],
    [
      'an unknown class',
      ['--out', 'r.jsonl', '--classes', 'car,persn'],
      '--classes persn: street-nano knows',
    ],
    ['an unknown format', ['--out', 'r.jsonl', '--format', 'xml'], 'Allowed choices are jsonl, coco, csv'],
    ['a score over 1', ['--out', 'r.jsonl', '--min-score', '2'], '0 to 1'],
    ['an unknown option', ['--out', 'r.jsonl', '--fromat', 'csv'], "'--fromat' (Did you mean --format?)"],
    ['a video that is no MP4', ['--out', 'r.jsonl', '--annotate', 'x.avi'], 'ends in .mp4'],
    ['no output', [], "'--out <file>' not specified"],
  ])('refuses %s with one line and exit code 2', async (_what, args, named) => {
    const { exitCode, stderr } = await analyze(clip, ...args.map((arg) => (arg === 'CLIP' ? clip : arg)));
    expect(exitCode).toBe(2);
    expect(stderr).toContain(named);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it('refuses a model that is none, whatever is wrong with it', async () => {
    await writeFile(join(folder, 'own.onnx'), 'no model');
    const args = ['analyze', clip, '--out', 'r.jsonl', '--model', 'own.onnx'];
    const undescribed = await framegate(folder, ...args);
    expect(undescribed).toMatchObject({ exitCode: 2 });
    expect(undescribed.stderr).toContain('own.json');
    await writeFile(join(folder, 'own.json'), JSON.stringify({ head: 'yolox', classes: ['x'] }));
    const damaged = await framegate(folder, ...args);
    expect(damaged).toMatchObject({ exitCode: 2 });
    expect(damaged.stderr).toContain('own.onnx is no ONNX file');
    expect((await readdir(folder)).toSorted()).toEqual(['own.json', 'own.onnx']);
  });

  it('leaves nothing behind when it is interrupted', async () => {
    const many = Array.from({ length: 12 }, () => clip);
    const run = startFramegate(folder, ['analyze', ...many, '--out', 'r.jsonl', '--every-frame']);
    // The logs are there when the work has begun.
    await expect
      .poll(async () => (await readdir(folder, { recursive: true })).length, { timeout: 30_000 })
      .toBeGreaterThan(1);
    run.kill('SIGINT');
    const { exitCode, stderr } = await run.ended;
    expect(exitCode).toBe(130);
    expect(stderr).toContain('stopped');
    expect(await readdir(folder)).toEqual([]);
  });

  // 795 frames with YOLOX: half a minute on two cores that have nothing else to do.
  it.skipIf(!withFootage)('finds the people in real footage', { timeout: 300_000 }, async () => {
    const { exitCode, stderr } = await framegate(
      ...([folder, 'analyze', vtest, '--out', 'r.jsonl', '--classes', 'person'] as const),
    );
    expect(exitCode, stderr).toBe(0);
    const { frames, ledger } = await readResult('r.jsonl');
    expect(ledger).toMatchObject({ edge: { captured: 795 }, balanced: true });
    const withPeople = frames.filter(({ objects }) => objects.length >= 2);
    expect(withPeople.length / frames.length).toBeGreaterThan(0.95);
  });
});
