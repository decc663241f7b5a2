import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cloudTopics, siteTopics } from '@framegate/contracts';
import { whyNoTestBroker } from '@framegate/kafka-local';
import { createKafkaBus } from '@framegate/message-bus-kafka';
import { need, needFullRun } from '@framegate/test-kit';
import { describe, expect, it } from 'vitest';
import { applyExperiment } from '../src/cluster/apply-experiment.ts';
import { judge } from '../src/judge.ts';
import { partitions, site, startPlant } from '../src/local/plant.ts';
import { readExperiment } from '../src/read-experiment.ts';
import { runExperiment } from '../src/run-experiment.ts';
import { seededRandom } from '../src/seeded-random.ts';
import { startFakeCluster } from './fake-cluster.ts';

const hasBroker = need('a Kafka broker', () => whyNoTestBroker() === undefined, 'install Java 17 and Maven');

const isFull = needFullRun('an experiment by the Kubernetes API');

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

  it.skipIf(!isFull)(
    'is judged by the same statements on a cluster, with the books of its own time alone',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'framegate-'));
      const read = readExperiment('inference-killed');
      const { experiment } = read;
      const plant = await startPlant(experiment, folder, seededRandom(1));
      const openBus = () => createKafkaBus({ brokers: [...plant.brokers], clientId: 'test' });
      const podOf = (name: string) => plant.pods.find(({ component }) => component === name);
      const cluster = await startFakeCluster('sesame');
      // Processes of this machine do what the API server is asked for.
      cluster.behaviour.scale = async (replicas) =>
        replicas === 0 ? podOf('edge')?.stop(15_000) : podOf('edge')?.start();
      cluster.behaviour.inject = async () => {
        await podOf('inference')?.kill();
        await podOf('inference')?.start();
      };
      const bus = openBus();
      try {
        await bus.ensureTopics([...cloudTopics(partitions), ...siteTopics(site, partitions)]);
        const { report } = await applyExperiment(read, {
          cluster: { server: new URL(cluster.url), namespace: 'trial', bearerToken: () => 'sesame' },
          namespace: 'trial',
          site,
          openBus,
          seed: 1,
          full: false,
          say: () => {},
          signal: new AbortController().signal,
        });
        expect(report.results.filter(({ holds }) => !holds)).toEqual([]);
        expect(report.results).toHaveLength(experiment.statements.length);
        expect(report.faults[0]).toMatchObject({
          name: 'kill-inference',
          recoverySeconds: expect.any(Number),
        });
        expect(report.ledger.edge.captured).toBeGreaterThan(20);
        expect(cluster.created.map(({ kind }) => kind)).toEqual(['PodChaos']);
        expect(cluster.chaos.size).toBe(0);
      } finally {
        await bus.close({ drainTimeoutMs: 0 });
        await plant.close();
        await cluster.close();
      }
      rmSync(folder, { recursive: true });
    },
    600_000,
  );
});
