import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arrivalsFor } from '../src/load/arrivals-for.ts';
import type { LoadOptions } from '../src/load/load-options.ts';
import { readLoadOptions } from '../src/load/load-options.ts';
import { loadReport, loadText } from '../src/load/load-report.ts';
import { runLoad } from '../src/load/run-load.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'framegate-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function optionsOf(...args: string[]): LoadOptions {
  const options = readLoadOptions(args);
  if ('mistakes' in options) throw new Error(options.mistakes.join());
  return options;
}

describe('a load', () => {
  it('is sent in full, with a report that adds up', async () => {
    const options = optionsOf(
      '--bus',
      'memory',
      '--cameras',
      '6',
      '--fps',
      '5',
      '--seconds',
      '1',
      '--size',
      '320x180',
    );
    const expected = [...arrivalsFor(options, { index: 0, of: 1 })].length;
    const report = loadReport(options, await runLoad(options));
    expect([report.sent, report.completed, report.failed]).toEqual([expected, expected, 0]);
    expect([report.latencyMs.count, report.scheduleErrorMs.count]).toEqual([expected, expected]);
    expect(report.megabytes).toBeGreaterThan(0);
    expect(loadText(report)).toContain(`sent ${expected}, through ${expected}, failed 0`);
  });

  it('of recorded arrivals is shared out over processes by camera, each frame once', () => {
    const file = join(folder, 'day.csv');
    writeFileSync(file, '0,0\n0.1,1\n0.2,2\n0.3,1\n9,0\n');
    const options = optionsOf('--profile', file, '--seconds', '5');
    const parts = [0, 1].map((index) => [...arrivalsFor(options, { index, of: 2 })]);
    expect(parts.map((part) => part.map(({ camera, seq }) => `${camera}/${seq}`))).toEqual([
      ['0/1', '2/1'],
      ['1/1', '1/2'],
    ]);
  });

  it('keeps the numbers of its cameras however many processes send it', () => {
    const cameras = (of: number) =>
      Array.from({ length: of }, (_, index) => [...arrivalsFor(optionsOf('--cameras', '7'), { index, of })])
        .flat()
        .map(({ camera }) => camera);
    expect([...new Set(cameras(3))].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it.each([
    [
      ['--cameras', 'x', '--fps', '0'],
      ['--cameras x', '--fps 0'],
    ],
    [['--size', '12'], ['expected WIDTHxHEIGHT']],
    [['--bus', 'memory', '--processes', '2'], ['needs --bus kafka']],
    [['--rate', '5'], ['--rate']],
  ])('is refused for %j, with all mistakes', (args, texts) => {
    const refused = readLoadOptions(args);
    const told = 'mistakes' in refused ? refused.mistakes.join('\n') : '';
    for (const text of texts) expect(told).toContain(text);
  });
});
