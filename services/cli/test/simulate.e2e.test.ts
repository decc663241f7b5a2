import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { framegate } from './framegate.ts';

let folder = '';
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'framegate-simulate-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('framegate simulate', () => {
  it('prints a table, and writes a report and a page', async () => {
    const [json, html, svg] = ['report.json', 'page.html', 'plot.svg'].map((name) => join(folder, name));
    const args = [
      '--scenarios',
      'small-uplink',
      '--policies',
      'framegate,aimd-rate,static-low',
      '--seeds',
      '1-2',
    ];
    const files = ['--json', json!, '--html', html!, '--svg', svg!];
    const { exitCode, stdout } = await framegate(folder, 'simulate', ...args, ...files);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/small-uplink \(2 seeds\)\npolicy .*violations/);
    const report = JSON.parse(await readFile(json!, 'utf8'));
    expect(report).toMatchObject({ schema: 'framegate.report/1', kind: 'simulation' });
    expect(report.runs).toHaveLength(6);
    expect(report.duels).toHaveLength(1);
    expect(report.runs.every((run: { ledger: { balanced: boolean } }) => run.ledger.balanced)).toBe(true);
    expect(await readFile(svg!, 'utf8')).toMatch(/^<svg[^]*aimd-rate/);
    expect(await readFile(html!, 'utf8')).toContain('Useful frames against violation-seconds');
  });

  it('refuses what it does not know before any work', async () => {
    const { exitCode, stderr } = await framegate(folder, 'simulate', '--scenarios', 'moon', '--seeds', '1');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('scenario "moon" is unknown');
    expect((await framegate(folder, 'simulate', '--seeds', '9-1')).exitCode).toBe(2);
  });
});
