import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { framegate } from './framegate.ts';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'framegate-'))));
afterEach(() => rm(folder, { recursive: true }));

const small = 'scene:plaza?seed=3&size=320x180&fps=10';
const explain = (...args: string[]) => framegate(folder, 'gate', 'explain', ...args);
const site = `
site: north
cameras:
  - id: door
    source: scene:street
    sensitivity: 80
    privacyMasks: [{ name: neighbour, polygon: [[0, 0], [0.2, 0], [0.2, 0.2]] }]
  - id: yard
    source: scene:yard
`;

describe('framegate gate explain', () => {
  it('writes a page that needs nothing else, and tells the summary', async () => {
    await writeFile(join(folder, 'site.yaml'), site);
    const options = ['--seconds', '5', '--site', 'site.yaml', '--camera', 'door'];
    const { exitCode, stdout, stderr } = await explain(small, '--out', 'page.html', ...options);
    expect(exitCode).toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^Of 50 frames \(0:05\), \d+ passed/);
    const page = await readFile(join(folder, 'page.html'), 'utf8');
    expect(page).toContain('at a sensitivity of 80');
    expect(page).toContain('privacy mask neighbour');
    expect(page).toContain('--site site.yaml --camera door');
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:/);
    expect(await readdir(folder)).toEqual(['page.html', 'site.yaml']);
  });

  it('prints each frame for programs, the same each time', async () => {
    const args = [small, '--seconds', '3', '--jsonl', '--quiet'];
    const [first, second] = [await explain(...args), await explain(...args)];
    const frames: { frame: number; suppressed: string }[] = first.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(frames).toHaveLength(30);
    expect(frames[0]).toMatchObject({ frame: 0, suppressed: 'settling', threshold: 0.5 });
    expect(second.stdout).toBe(first.stdout);
    expect(first.stderr).toBe('');
  });

  it('prints everything as one document', async () => {
    const { stdout } = await explain(small, '--seconds', '2', '--json', '--sensitivity', '20');
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'framegate.report/1',
      kind: 'gate-explanation',
      settings: { sensitivity: 20 },
      summary: { frames: 20 },
    });
  });

  it('tells every mistake before any work', async () => {
    await writeFile(join(folder, 'site.yaml'), site);
    const { exitCode, stderr } = await explain(
      'rtsp://u:hunter2@h/x',
      '--out',
      'absent/page.html',
      '--site',
      'site.yaml',
    );
    expect(exitCode).toBe(2);
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringContaining('this is a camera, which never ends'),
      expect.stringContaining('there is no folder absent'),
      'site.yaml: say with --camera which one: door, yard.',
    ]);
    expect(stderr).not.toContain('hunter2');
  });

  it.each([
    [[small], 'name a page with --out'],
    [['absent.mp4', '--jsonl'], 'absent.mp4'],
    [[small, '--out', 'page.pdf'], 'ends in .html'],
    [[small, '--jsonl', '--camera', 'door'], '--site'],
    [[small, '--jsonl', '--sensitivity', '101'], '0 to 100'],
    [[small, '--jsonl', '--json'], 'cannot be used with'],
  ])('refuses %j with one line and exit code 2', async (args, named) => {
    const { exitCode, stderr } = await explain(...args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(named);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
