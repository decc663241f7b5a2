import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { has, need } from '@framegate/test-kit';
import { afterAll, describe, expect, it } from 'vitest';
import { loadReports } from '../src/suite/report-files.ts';

const bench = join(import.meta.dirname, '../src/main.ts');
const baseline = join(import.meta.dirname, '../baseline.json');
const folder = mkdtempSync(join(tmpdir(), 'bench-baseline-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(...options: string[]) {
  return spawnSync(process.execPath, [bench, ...options], { encoding: 'utf8', maxBuffer: 2 ** 26 });
}

const ready = need('ffmpeg', () => has.command('ffmpeg'), 'install ffmpeg');

describe.skipIf(!ready)('the baseline of the benches', () => {
  it('is reached by ratios that are the same on every machine, within 15 %', async () => {
    for (const report of await loadReports(baseline)) {
      const options = report.command.split(' ').slice(5);
      const measured = run(report.bench, ...options, '--json');
      expect(measured.stderr).toBe('');
      const file = join(folder, `${report.bench}.json`);
      writeFileSync(file, measured.stdout);
      const compared = run('compare', baseline, file, '--robust', '--fail-above', '15');
      expect(compared.stderr).toBe('');
      expect(compared.stdout).toContain(`${report.bench}: `);
      expect(compared.status).toBe(0);
    }
  }, 300_000);
});

describe('bench compare', () => {
  it('fails when a robust ratio is worse than allowed, and names it', async () => {
    const reports = await loadReports(baseline);
    const worse = reports.map((report) => ({
      ...report,
      ratios: report.ratios.map((ratio) => ({
        ...ratio,
        rounds: ratio.rounds.map((value) => (ratio.better === 'lower' ? 1.3 * value : value / 1.3)),
      })),
    }));
    const file = join(folder, 'worse.json');
    writeFileSync(file, JSON.stringify(worse));
    const { status, stderr } = run('compare', baseline, file, '--robust', '--fail-above', '15');
    expect(status).toBe(1);
    expect(stderr).toContain('worse by more than 15 %');
  });

  it('tells what is no report, and ends with 2', () => {
    const file = join(folder, 'other.json');
    writeFileSync(file, '{"schema":"framegate.report/7"}');
    const { status, stderr } = run('compare', baseline, file);
    expect(status).toBe(2);
    expect(stderr).toContain('found schema "framegate.report/7"');
  });
});
