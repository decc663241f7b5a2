import { setTimeout as delay } from 'node:timers/promises';
import type { MessageBus } from '@framegate/message-bus';
import type { Cluster } from '@framegate/scaling';
import { createKubernetesScaler } from '@framegate/scaling';
import { ConfigError, createClock } from '@framegate/service-kit';
import { judge } from '../judge.ts';
import { durationMs } from '../local/inject.ts';
import { planRun } from '../plan-run.ts';
import type { PlannedFault, ReadExperiment } from '../read-experiment.ts';
import type { ChaosReport, Measured } from '../report/chaos-report.ts';
import { chaosReport } from '../report/chaos-report.ts';
import type { Watch } from '../report/watch.ts';
import { startWatch } from '../report/watch.ts';
import type { Manifest } from '../resources/manifest.ts';
import { manifestFor } from '../resources/manifest.ts';
import { until } from '../run-experiment.ts';
import { seededRandom } from '../seeded-random.ts';
import { auditSince } from './audit-since.ts';
import { carryOut, tryOut } from './carry-out.ts';
import { checkCluster } from './check-cluster.ts';
import type { KubeApi } from './kube-api.ts';
import { createKubeApi } from './kube-api.ts';
import { viewOf } from './prometheus.ts';
import { stoppedAudit } from './stopped-audit.ts';
import { whyNotOnCluster } from './why-not-cluster.ts';

export interface ApplyOptions {
  readonly cluster: Cluster;
  readonly namespace: string;
  /** Of the edge in that namespace. */
  readonly site: string;
  /** The broker of the cluster, as this machine reaches it; asked for only when the cluster has all else. */
  readonly openBus: () => MessageBus;
  /** Measures what is on time and what is spooled instead of the results and the telemetry on the bus. */
  readonly prometheus?: URL | undefined;
  readonly seed: number;
  readonly full: boolean;
  readonly say: (line: string) => void;
  /** Ends it early; faults are taken back all the same. */
  readonly signal: AbortSignal;
}

/** What the edge may take to bring results again after it was stopped, and to empty its spool, ms. */
const startMs = 180_000;
const drainMs = 180_000;

interface ClusterFault extends PlannedFault {
  readonly placed: Manifest;
}

/**
 * Runs an experiment on a cluster that has Framegate, and judges it as one on this machine.
 * @throws ConfigError before anything is done, for what the cluster lacks or can't do
 */
export async function applyExperiment(
  read: ReadExperiment,
  options: ApplyOptions,
): Promise<{ report: ChaosReport; measured: Measured }> {
  const { cluster, namespace, seed, say, signal } = options;
  const { faults, lastsSeconds } = planRun(read, options.full, seededRandom(seed));
  const reasons = whyNotOnCluster(read.experiment, faults);
  if (reasons.length > 0) throw new ConfigError(reasons);
  const api = createKubeApi(cluster);
  const { edge: edgeName, brokerHosts } = await checkCluster(api, namespace, read.experiment, faults);
  const run = Date.now().toString(36);
  const placed = faults.map((fault, index) => ({
    ...fault,
    placed: manifestFor(fault.manifest, { namespace, suffix: `${run}-${index}`, brokerHosts }),
  }));
  for (const fault of placed) await tryOut(fault.placed, api);
  const edge = createKubernetesScaler(cluster, { kind: 'statefulset', name: edgeName }, namespace);
  const bus = options.openBus();
  let watch: Watch | undefined;
  try {
    say(`${edgeName} stops for an audit of what was before`);
    const before = await stoppedAudit(bus, edge);
    signal.throwIfAborted();
    watch = await startWatch(bus, createClock(), options.site);
    const { results } = watch;
    await until(() => results.length > 0 || signal.aborted, startMs, `results of the site ${options.site}`);
    const startedAt = new Date();
    watch.restart();
    say(`results come; ${lastsSeconds} s of experiment begin`);
    const windows = await carryOutAll(placed, api, watch, options);
    await delay(Math.max(0, lastsSeconds - watch.now()) * 1000, undefined, { signal });
    const durationSeconds = watch.now();
    const view =
      options.prometheus && (await viewOf(options.prometheus, options.site, durationSeconds, new Date()));
    await emptySpool(watch);
    say(`${edgeName} stops for the audit`);
    const audit = auditSince(before, await stoppedAudit(bus, edge));
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
      linesWithSecrets: null,
    };
    const report = chaosReport(asFound(read, watch), measured);
    const seen: ChaosReport = view
      ? {
          ...report,
          slo: { onTimeShare: view.onTimeShare },
          spool: { ...report.spool, mostFrames: view.mostSpooled },
        }
      : report;
    return { report: { ...seen, results: judge(seen, read.experiment.statements) }, measured };
  } finally {
    await watch?.close();
    await bus.close({ drainTimeoutMs: 0 });
  }
}

/** Each fault at its time. One that fails ends the others; all are taken back before this returns or throws. */
async function carryOutAll(
  faults: readonly ClusterFault[],
  api: KubeApi,
  watch: Watch,
  { signal, say }: ApplyOptions,
): Promise<Measured['windows']> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const done = await Promise.allSettled(
    faults.map(async ({ atSeconds, resource, placed }) => {
      try {
        await delay(Math.max(0, atSeconds - watch.now()) * 1000, undefined, { signal: either });
        const { kind, metadata } = resource;
        say(`${watch.now().toFixed(1)} s: ${kind} ${placed.metadata.name}`);
        const times = await carryOut(placed, {
          api,
          durationMs: durationMs(resource),
          signal: either,
          now: watch.now,
        });
        say(`${times.toSeconds.toFixed(1)} s: ${metadata.name} is over, and deleted`);
        return { name: metadata.name, kind, ...times };
      } catch (error) {
        failed.abort(error);
        throw error;
      }
    }),
  );
  if (failed.signal.aborted) throw failed.signal.reason;
  return done.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
}

async function emptySpool(watch: Watch): Promise<void> {
  const before = watch.samples.length;
  const isEmpty = (): boolean => watch.samples.length > before + 1 && watch.samples.at(-1)?.spoolFrames === 0;
  // What is left is found by the audit.
  await until(isEmpty, drainMs, 'an empty spool').catch(() => {});
}

/** With the cameras that the cluster really has. */
function asFound(read: ReadExperiment, { results, samples }: Watch): ReadExperiment {
  const { experiment } = read;
  const cameras = Math.max(1, new Set(results.map(({ cameraId }) => cameraId)).size);
  const [first, last] = [samples[0], samples.at(-1)];
  const frames = (last?.captured ?? 0) - (first?.captured ?? 0);
  const seconds = (last?.atSeconds ?? 0) - (first?.atSeconds ?? 0);
  // A kill begins the count anew.
  const framesPerSecond =
    frames > 0 && seconds > 0 ? frames / seconds / cameras : experiment.start.framesPerSecond;
  const start = { ...experiment.start, cameras, framesPerSecond };
  return { ...read, experiment: { ...experiment, start } };
}
