import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MeasuredPoint } from '@framegate/footage-profile';
import { readProfile } from '@framegate/slo-file';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { framegate } from './framegate.ts';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'framegate-'))));
afterEach(() => rm(folder, { recursive: true }));

const profile = (...args: string[]) => framegate(folder, 'profile', ...args);
/** Somebody is in view from about the seventh second on. */
const busy = 'scene:street?seed=3&size=640x360&fps=4';
const little = ['--seconds', '12', '--widths', '320,640', '--qualities', '50,80', '--rates', '0.5,1,4'];

interface Report {
  top: object;
  points: (MeasuredPoint & { onFront: boolean })[];
}

describe('framegate profile', () => {
  it('measures what settings are worth, and writes a profile and a page', async () => {
    const run = await profile(busy, ...little, '--out', 'p.json', '--html', 'p.html', '--json');
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    const { top, points }: Report = JSON.parse(run.stdout);
    expect(top).toEqual({ model: 'street-nano', width: 640, quality: 80 });
    expect(points).toHaveLength(12);
    const at = (framesPerSecond: number, width: number, quality: number) =>
      points.find(
        (one) => one.framesPerSecond === framesPerSecond && one.width === width && one.quality === quality,
      );
    expect(at(4, 640, 80)).toMatchObject({ accuracy: 1 });
    expect(at(4, 640, 80)?.truthAccuracy).toBeGreaterThan(0.6);
    expect(at(1, 640, 80)?.accuracy).toBeLessThan(0.9);
    expect(at(0.5, 640, 80)?.accuracy).toBeLessThan(at(1, 640, 80)?.accuracy ?? 0);
    expect(at(4, 320, 80)?.bytesPerFrame).toBeLessThan(at(4, 640, 80)?.bytesPerFrame ?? 0);
    expect(at(4, 640, 50)?.bytesPerFrame).toBeLessThan(at(4, 640, 80)?.bytesPerFrame ?? 0);

    const written = readProfile(join(folder, 'p.json'));
    expect(written.name).toBe(busy);
    expect(written.points).toHaveLength(points.filter(({ onFront }) => onFront).length);
    expect(written.points.at(-1)).toMatchObject({ accuracy: 1, framesPerSecond: 4 });
    const page = await readFile(join(folder, 'p.html'), 'utf8');
    expect(page).toContain('Accuracy over bytes');
    expect(page).toContain('--rates 0.5,1,4');

    const slo = 'schema: framegate.slo/1\nslos: [{ name: a, sli: frame-rate, objective: 200 }]\n';
    await writeFile(join(folder, 'slo.yaml'), slo);
    const check = await framegate(folder, 'slo', 'check', 'slo.yaml', '--profile', 'p.json');
    expect(check.exitCode).toBe(2);
    expect(check.stderr).toMatch(/with profile "scene:street.*" .* the best is \d/);
  });

  it('says that there was no object, and writes nothing', async () => {
    const { exitCode, stderr } = await profile(
      'scene:quiet?size=320x180',
      '--seconds',
      '1',
      '--out',
      'p.json',
    );
    expect(exitCode).toBe(1);
    expect(stderr).toContain('scene:quiet?size=320x180: no object was found in 10 frames');
    expect(await readdir(folder)).toEqual([]);
  });

  it('tells every mistake before any work', async () => {
    const wrong = ['--widths', '9', '--rates', '99', '--models', 'nope', '--out', 'no/p.json', '--html', 'x'];
    const { exitCode, stderr } = await profile('absent.mp4', 'scene:street', '--seconds', '0', ...wrong);
    expect(exitCode).toBe(2);
    const told = ['absent.mp4:', '--seconds "0"', '--widths "9"', '--rates "99"', 'no model "nope"'];
    for (const text of [...told, 'no/p.json:', '--html x:']) expect(stderr).toContain(text);
    expect(await readdir(folder)).toEqual([]);
  });
});
