import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whyNoTestBroker } from '@framegate/kafka-local';
import { need } from '@framegate/test-kit';
import { describe, expect, it } from 'vitest';
import { judge } from '../src/judge.ts';
import { readExperiment } from '../src/read-experiment.ts';
import { runExperiment } from '../src/run-experiment.ts';

const hasBroker = need('a Kafka broker', () => whyNoTestBroker() === undefined, 'install Java 17 and Maven');

describe.skipIf(!hasBroker)('an experiment on this machine', () => {
  it('breaks what its resource says, audits every frame, and finds out whether its statements hold', async () => {
    const read = readExperiment('broker-killed');
    const short = {
      ...read,
      experiment: { ...read.experiment, durationSeconds: 18 },
      faults: read.faults.slice(0, 1),
    };
    const folder = mkdtempSync(join(tmpdir(), 'framegate-'));
    const said: string[] = [];
    const { report } = await runExperiment(short, {
      seed: 1,
      folder,
      say: (line) => said.push(line),
      full: false,
    });
    expect(said.join('\n')).toMatch(/PodChaos kill-broker/);
    expect(report).toMatchObject({
      schema: 'framegate.report/1',
      kind: 'chaos',
      ledger: { balanced: true, lost: 0, doubled: 0, unknownAtCrash: 0, complaints: [] },
      spool: { leftFrames: 0 },
    });
    expect(report.ledger.edge.captured).toBeGreaterThan(20);
    expect(report.faults[0]?.toSeconds).toBeGreaterThan(report.faults[0]?.fromSeconds ?? Infinity);
    expect(judge(report, [{ says: 'a lie', field: 'ledger.edge.captured', max: 0 }])[0]?.holds).toBe(false);
    const logs = readdirSync(folder).filter((name) => name.endsWith('.log'));
    expect(logs.toSorted()).toEqual(['controller-1.log', 'edge.log', 'inference-1.log']);
    expect(readdirSync(folder).some((name) => name.endsWith('.yaml'))).toBe(true);
    expect(logs.map((name) => readFileSync(join(folder, name), 'utf8')).join('')).not.toMatch(/\n\s+at .*\(/);
    rmSync(folder, { recursive: true });
  }, 240_000);
});
