import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunReport } from '@framegate/run-observer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const main = join(import.meta.dirname, '..', 'src', 'main.ts');
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'framegate-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function demo(...args: string[]) {
  const child = spawn(process.execPath, [main, 'demo', ...args], { cwd: folder });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const ended = once(child, 'close').then(([exitCode]: unknown[]) => ({ exitCode, ...output }));
  return { ended, output, kill: (signal: NodeJS.Signals) => child.kill(signal) };
}

describe('the demo', () => {
  it('ends after its seconds with a summary and a report whose ledger balances', async () => {
    const { exitCode, stdout, stderr } = await demo(
      '--source',
      'scene:plaza',
      '--source',
      'scene:street?size=640x360',
      '--seconds',
      '8',
      '--report',
      'r.json',
    ).ended;
    expect(exitCode, stderr).toBe(0);
    expect(stdout).toContain('ledger: balanced');
    const report: RunReport = JSON.parse(readFileSync(join(folder, 'r.json'), 'utf8'));
    expect(report).toMatchObject({ schema: 'framegate.report/1', kind: 'demo', ledger: { balanced: true } });
    expect(report.ledger.edge.captured).toBeGreaterThan(20);
    expect(report.ledger.cloud.analysed).toBeGreaterThan(0);
    expect(report.ledger.cloud.failed).toBe(0);
    expect(report.latencyMs.count).toBeGreaterThan(0);
    expect(report.results).toHaveLength(2);
  });

  it('serves metrics while it runs, and ends on Ctrl-C as it ends by itself', async () => {
    const run = demo('--source', 'scene:plaza?size=640x360', '--metrics-port', '0');
    const metricsUrl = (): string => /metrics: (\S+)/.exec(run.output.stdout)?.[1] ?? '';
    await expect.poll(metricsUrl, { timeout: 20_000 }).toMatch(/^http/);
    const metrics = async (): Promise<string> => (await fetch(metricsUrl())).text();
    await expect.poll(metrics, { timeout: 20_000 }).toMatch(/framegate_edge_ledger_frames.*"captured"/);
    expect(await metrics()).toContain('framegate_controller_leading 1');
    run.kill('SIGINT');
    const { exitCode, stdout, stderr } = await run.ended;
    expect(exitCode, stderr).toBe(0);
    expect(stdout).toContain('ledger: balanced');
  });

  it('ends by itself when its files do, in lossless mode, with every frame analysed', async () => {
    const clip = join(folder, 'clip.mp4');
    const render = spawn(process.execPath, [
      main,
      'scene',
      'render',
      'plaza',
      clip,
      '--seconds',
      '5',
      '--seed',
      '4',
      '--size',
      '640x360',
      '--fps',
      '10',
    ]);
    expect((await once(render, 'close'))[0]).toBe(0);
    const args = ['--source', clip, '--model', 'street-nano', '--lossless', '--report', 'r.json'];
    const { exitCode, stderr } = await demo(...args).ended;
    expect(exitCode, stderr).toBe(0);
    const { ledger }: RunReport = JSON.parse(readFileSync(join(folder, 'r.json'), 'utf8'));
    expect(ledger.edge.captured).toBe(50);
    expect(ledger.cloud.analysed).toBe(ledger.edge.published);
    expect(ledger.edge.published).toBeGreaterThan(5);
  });

  it(
    'promises what a declaration says of each camera, and shows each by its own',
    { timeout: 180_000 },
    async () => {
      const slos = [
        '  - { name: all, sli: latency, objective: 5000, target: 0.8, priority: 2 }',
        '  - { name: first, sli: latency, objective: 900, target: 0.9, priority: 1, scope: { cameras: [demo/camera-1] } }',
      ];
      writeFileSync(join(folder, 'slo.yaml'), ['schema: framegate.slo/1', 'slos:', ...slos, ''].join('\n'));
      const scenes = [
        '--source',
        'scene:plaza?size=320x180&fps=2',
        '--source',
        'scene:plaza?size=320x180&fps=2',
      ];
      const run = demo(...scenes, '--slo-file', 'slo.yaml', '--port', '0', '--report', 'r.json');
      const url = (): string => /console: (\S+)/.exec(run.output.stdout)?.[1] ?? '';
      await expect.poll(url, { timeout: 60_000 }).toMatch(/^http/);
      const history = async (): Promise<unknown> =>
        (await fetch(`${url()}/v1/promise/history?slo=first`)).json();
      await expect.poll(history, { timeout: 60_000 }).toMatchObject({
        promises: [
          { slo: 'first', objectiveMs: 900, target: 0.9, cameras: 1 },
          { slo: 'all', objectiveMs: 5000, target: 0.8, cameras: 1 },
        ],
        points: expect.arrayContaining([expect.objectContaining({ objectiveMs: 900 })]),
      });
      run.kill('SIGINT');
      const { exitCode, stderr } = await run.ended;
      expect(exitCode, stderr).toBe(0);
      const { slo }: RunReport = JSON.parse(readFileSync(join(folder, 'r.json'), 'utf8'));
      expect(slo).toMatchObject({ objectiveMs: 5000, target: 0.8 });
    },
  );

  it.each([
    [
      'a declaration that is not there',
      ['--source', 'scene:street', '--slo-file', 'absent.yaml'],
      'absent.yaml',
    ],
    ['a source that is not there', ['--source', 'absent.mp4'], 'absent.mp4'],
    ['a scene that nobody knows', ['--source', 'scene:moon'], 'moon'],
    ['a report that can not be written', ['--report', 'no/such/folder/r.json'], 'no/such/folder'],
    ['a number that is none', ['--seconds', 'soon'], 'soon'],
    ['a bus that nobody knows', ['--bus', 'pigeon'], 'pigeon'],
    ['Kafka without brokers', ['--bus', 'kafka', '--source', 'scene:street'], 'KAFKA_BROKERS'],
    ['a site file that is not there', ['--site', 'absent.yaml'], 'absent.yaml'],
    ['an unknown model', ['--source', 'scene:street', '--model', 'yolo-9000'], 'yolo-9000'],
  ])('refuses %s with one message and exit code 2, and writes nothing', async (_what, args, named) => {
    const { exitCode, stderr } = await demo(...args, '--seconds', '1').ended;
    expect(stderr).toContain(named);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(exitCode).toBe(2);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('tells all mistakes of a site file with their lines', async () => {
    const lines = [
      'site: North',
      'cameras:',
      '  - id: a',
      '    source: rtsp://u:hunter2@cam/1',
      '    classes: [persn]',
    ];
    writeFileSync(join(folder, 'site.yaml'), lines.join('\n'));
    const { exitCode, stderr } = await demo('--site', 'site.yaml').ended;
    expect(exitCode).toBe(2);
    expect(stderr).toContain('site.yaml:1:');
    expect(stderr).toContain('site.yaml:5:');
    expect(stderr).not.toContain('hunter2');
  });
});
