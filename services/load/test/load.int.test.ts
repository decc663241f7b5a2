import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHdrHistogram } from '@framegate/load-generator';
import { InProcessBus } from '@framegate/message-bus';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { arrivalsFor } from '../src/arrivals-for.ts';
import type { LoadOptions } from '../src/load-options.ts';
import { readLoadOptions } from '../src/load-options.ts';
import { loadReport, loadText } from '../src/load-report.ts';
import { startMetricsView } from '../src/load-view.ts';
import { runLoad } from '../src/run-load.ts';
import { runPart } from '../src/run-part.ts';

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

const silent = { onProgress: () => {}, tell: () => {} };

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
    const report = loadReport(options, await runLoad(options, silent));
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
      ['--cameras is "x": expected a number', '--fps is "0": expected more than 0'],
    ],
    [['--size', '12'], ['--size is "12": expected WIDTHxHEIGHT']],
    [['--size', '9999x10'], ['--size lies outside of 16x16 to 7680x4320']],
    [['--as', 'edeg'], ['--as unknown value "edeg": did you mean "edge"?']],
    [['--bus', 'memory', '--processes', '2'], ['needs --bus kafka']],
    [['--rate', '5'], ['--rate']],
  ])('is refused for %j, with all mistakes', (args, texts) => {
    const refused = readLoadOptions(args);
    const told = 'mistakes' in refused ? refused.mistakes.join('\n') : '';
    for (const text of texts) expect(told).toContain(text);
  });
});

describe('trouble in a load', () => {
  const small = ['--cameras', '2', '--fps', '5', '--seconds', '1', '--size', '320x180'];

  it('of a broker that does not answer is a failure by name, and no latency', async () => {
    const bus = new InProcessBus();
    const producer = await bus.producer();
    vi.spyOn(producer, 'send').mockReturnValue(new Promise(() => {}));
    vi.spyOn(bus, 'producer').mockResolvedValue(producer);
    const options = optionsOf('--bus', 'memory', '--patience-seconds', '0.2', ...small);
    const result = await runPart(options, {
      part: { index: 0, of: 1 },
      bus,
      ...silent,
    });
    const report = loadReport(options, [result]);
    expect([report.completed, report.failed, report.latencyMs.count]).toEqual([0, report.sent, 0]);
    expect(loadText(report)).toContain(
      `failed ${report.sent} times: the broker did not acknowledge it within 0.2 s`,
    );
    expect(loadText(report)).toContain('no latency');
    await bus.close();
  });

  it('of an impossible rate says what was reached', () => {
    const options = optionsOf('--cameras', '100', '--fps', '10', '--seconds', '10');
    const histogram = createHdrHistogram();
    for (let frame = 0; frame < 10_000; frame += 1) histogram.record(5e6);
    const counts = histogram.counts();
    const text = loadText(
      loadReport(options, [
        {
          sent: 10_000,
          completed: 10_000,
          failed: 0,
          failures: [],
          bytes: 0,
          cpuMs: 1,
          seconds: 40,
          latencyUs: counts,
          scheduleErrorUs: counts,
        },
      ]),
    );
    expect(text).toContain('1000.0 frames/s asked, 250.0 came through');
    expect(text).toContain('the schedule was not kept');
  });

  it.each([
    ['a broker that is not there', [], { KAFKA_BROKERS: '127.0.0.1:1' }, "the broker can't be reached"],
    ['a clip that is not there', ['--bus', 'memory', '--clip', '/nowhere.mp4'], {}, '/nowhere.mp4'],
    ['a clip that is none', ['--as', 'rtsp', '--clip', import.meta.filename], {}, import.meta.filename],
  ])('ends with 2 and one line for %s', async (_name, args, env, text) => {
    const { code, stderr } = await runProgram([...args, '--patience-seconds', '0.5', ...small], env);
    expect(stderr).toContain(`load: `);
    expect(stderr).toContain(text);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(code).toBe(2);
  });
});

function runProgram(args: readonly string[], env: Readonly<Record<string, string>>) {
  const program = join(import.meta.dirname, '../src/main.ts');
  return new Promise<{ code: unknown; stderr: string }>((resolve) => {
    execFile(
      process.execPath,
      [program, ...args],
      { env: { ...process.env, ...env } },
      (error, _out, stderr) => resolve({ code: error?.code ?? 0, stderr }),
    );
  });
}

describe('the metrics of a load', () => {
  it('count frames once, however often they are told, and give quantiles', async () => {
    const view = await startMetricsView('127.0.0.1', 0);
    try {
      const latency = createHdrHistogram();
      latency.record(25_000);
      const empty = createHdrHistogram().counts();
      const part = { sent: 3, completed: 1, failed: 1, latencyUs: latency.counts(), scheduleErrorUs: empty };
      view.onProgress([part]);
      view.onProgress([part, { ...part, sent: 4 }]);
      const text = await (await fetch(view.url)).text();
      expect(text).toContain('framegate_load_frames_total{state="sent"} 7');
      expect(text).toContain('framegate_load_frames_total{state="completed"} 2');
      expect(text).toMatch(/framegate_load_latency_seconds\{quantile="0.95"\} 0\.025/);
    } finally {
      await view.close();
    }
  });
});
