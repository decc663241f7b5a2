import { setTimeout as delay } from 'node:timers/promises';
import { cloudTopics, siteTopics } from '@framegate/contracts';
import type { Audit } from '@framegate/frame-ledger';
import type { MessageBus } from '@framegate/message-bus';
import { createKafkaBus } from '@framegate/message-bus-kafka';
import { auditTopics } from '@framegate/run-observer';
import { abortableDelay, ConfigError, createClock } from '@framegate/service-kit';
import { judge } from './judge.ts';
import { linesWithSecrets } from './lines-with-secrets.ts';
import { durationMs, inject } from './local/inject.ts';
import type { Plant } from './local/plant.ts';
import { addedSite, cameraPassword, partitions, site, startPlant } from './local/plant.ts';
import { whyNotLocal } from './local/why-not-local.ts';
import type { Experiment } from './experiment.ts';
import type { PlannedFault, ReadExperiment } from './read-experiment.ts';
import { planRun } from './plan-run.ts';
import { seededRandom } from './seeded-random.ts';
import type { ChaosReport, Measured } from './report/chaos-report.ts';
import { chaosReport } from './report/chaos-report.ts';
import type { Watch } from './report/watch.ts';
import { startWatch } from './report/watch.ts';

export interface RunOptions {
  readonly seed: number;
  /** Of logs and state. */
  readonly folder: string;
  readonly say: (line: string) => void;
  /** The long form of those that have one. */
  readonly full: boolean;
}

/** What services may take to come up, and to come to rest afterwards, ms. */
const startMs = 120_000;
const drainMs = 120_000;

/** Runs an experiment on this machine and judges it. @throws ConfigError for what can't be reproduced here */
export async function runExperiment(
  read: ReadExperiment,
  { seed, folder, say, full }: RunOptions,
): Promise<{ report: ChaosReport; measured: Measured }> {
  const { experiment } = read;
  const random = seededRandom(seed);
  const { faults, lastsSeconds } = planRun(read, full, random);
  const refused = faults.flatMap(({ resource }) => whyNotLocal(resource) ?? []);
  if (refused.length > 0) throw new ConfigError(refused);
  const plant = await startPlant(experiment, folder, random);
  const bus = createKafkaBus({ brokers: [...plant.brokers], clientId: 'chaos' });
  try {
    await bus.ensureTopics([
      ...cloudTopics(partitions),
      ...siteTopics(site, partitions),
      ...siteTopics(addedSite, partitions),
    ]);
    const watch = await startWatch(bus, createClock(), site);
    await until(() => watch.run.cloud().analysed >= experiment.start.cameras, startMs, 'first results');
    const startedAt = new Date();
    watch.restart();
    say(`results come; ${lastsSeconds} s of experiment begin`);
    const windows = (
      await Promise.all([injectAll(faults, plant, watch, say), addLoad(experiment, plant, watch, say)])
    ).flat();
    await delay(Math.max(0, lastsSeconds - watch.now()) * 1000);
    const durationSeconds = watch.now();
    say('coming to rest');
    const audit = await drain(plant, bus, watch);
    const measured: Measured = {
      startedAt,
      durationSeconds,
      seed,
      windows,
      results: watch.results,
      lateResults: watch.late.length,
      samples: watch.samples,
      decisions: watch.run.decisions(),
      audit,
      linesWithSecrets: linesWithSecrets(folder, cameraPassword),
    };
    await watch.close();
    const report = chaosReport(read, measured);
    return { report: { ...report, results: judge(report, experiment.statements) }, measured };
  } finally {
    await bus.close({ drainTimeoutMs: 0 });
    await plant.close();
  }
}

/** Each fault at its time; once aborted, those that go on end and no more begin. @returns when they really were */
export async function injectAll(
  faults: readonly PlannedFault[],
  plant: Plant,
  watch: Watch,
  say: (line: string) => void,
  signal?: AbortSignal,
): Promise<Measured['windows']> {
  const windows = await Promise.all(
    faults.map(async ({ atSeconds, resource }) => {
      await abortableDelay(Math.max(0, atSeconds - watch.now()) * 1000, signal);
      if (signal?.aborted) return [];
      const { kind, metadata } = resource;
      const fromSeconds = watch.now();
      say(`${fromSeconds.toFixed(1)} s: ${kind} ${metadata.name}`);
      const injection = await inject(resource, plant);
      await abortableDelay(durationMs(resource), signal);
      await injection.end();
      const toSeconds = watch.now();
      say(`${toSeconds.toFixed(1)} s: ${metadata.name} is over`);
      return [{ name: metadata.name, kind, fromSeconds, toSeconds }];
    }),
  );
  return windows.flat();
}

/** More cameras for a while, as one more window. */
async function addLoad(
  { load }: Experiment,
  plant: Plant,
  watch: Watch,
  say: (line: string) => void,
): Promise<Measured['windows']> {
  if (!load) return [];
  await delay(Math.max(0, load.atSeconds - watch.now()) * 1000);
  const fromSeconds = watch.now();
  const name = `${load.cameras} more cameras`;
  say(`${fromSeconds.toFixed(1)} s: ${name}`);
  const end = await plant.addSite(load.cameras, load.framesPerSecond);
  await delay(load.seconds * 1000);
  await end();
  const toSeconds = watch.now();
  say(`${toSeconds.toFixed(1)} s: they are gone`);
  return [{ name, kind: 'load', fromSeconds, toSeconds }];
}

/** The spool empties, the site stops, and every frame gets its outcome; then the topics are read from their beginning. */
export async function drain(plant: Plant, bus: MessageBus, watch: Watch): Promise<Audit> {
  const before = watch.samples.length;
  await until(
    () => watch.samples.length > before + 1 && watch.samples.at(-1)?.spoolFrames === 0,
    drainMs,
    'an empty spool',
  ).catch(() => {});
  const edge = plant.pods.find(({ component }) => component === 'edge');
  await edge?.stop(15_000);
  const deadlineMs = performance.now() + drainMs;
  for (;;) {
    const audit = await auditTopics(bus, true);
    if (audit.complaints.length === 0 || performance.now() > deadlineMs) return audit;
    await delay(1000);
  }
}

export async function until(condition: () => boolean, withinMs: number, what: string): Promise<void> {
  const deadlineMs = performance.now() + withinMs;
  while (!condition()) {
    if (performance.now() > deadlineMs) throw new Error(`${what}: not within ${withinMs / 1000} s`);
    await delay(100);
  }
}
