/**
 * How cost grows with cameras, partitions and workers, and what a large fleet costs on paper:
 * `pnpm bench scale [--cameras 1,10,100,1000] [--workers 1,2,4,8] [--seconds 5] [--rounds 5] [--fleet FILE]
 * [--results FOLDER] [--json]`
 *
 * Three processes around a broker of its own (or `KAFKA_BROKERS`): edge (frames of 8 kB published as sites do, by
 * schedule, 0.5 a second from each camera: 10 a second with motion in a twentieth of them), inference (intake,
 * mailbox, ledger, detections; the model is a time) and observer (what console and controller do with a detection).
 * They go from load to load in turn (A B C B A ...), after 1.5 s each counts its CPU from the operating system.
 *   cameras  all on 8 partitions, 8 workers of 8 ms
 *   workers  as many partitions as workers of 100 ms, with a quarter more frames than they can take
 * "over linear" is the cost at the most cameras over that of a tenth of them, times ten.
 *
 * The paper model multiplies coefficients with the sizes and prices in FILE (default bench/fleet.json), which are
 * assumptions. Coefficients come from this run, from the reports in FOLDER (default bench/results: edge, inference,
 * bandwidth), else from FILE; each row says from where.
 */
import { join } from 'node:path';
import { startTestBroker } from '@framegate/kafka-local';
import { benchOptions } from './bench-options.ts';
import { measureStep } from './control-load.ts';
import { merged, namesOf, withReports } from './scale/coefficients.ts';
import { readFleet } from './scale/fleet.ts';
import { fleetCost } from './scale/paper-model.ts';
import type { ScaleRuns } from './scale/scale-finding.ts';
import { growthCoefficients, growthPlot, growthRatios, growthRows } from './scale/scale-finding.ts';
import { openStage } from './scale/scale-stage.ts';
import { paperRows } from './scale/paper-rows.ts';
import { showProgress } from '@framegate/service-load/show-progress';
import { interleave } from './suite/interleave.ts';
import { loadReports } from './suite/report-files.ts';
import { requireBroker } from './suite/require-broker.ts';
import { runBench } from './suite/run-bench.ts';
import { resultsFolder } from './suite/suite.ts';

const flags = benchOptions({
  cameras: { type: 'numbers', default: [1, 10, 100, 1000], from: 1, whole: true },
  workers: { type: 'numbers', default: [1, 2, 4, 8], from: 1, whole: true },
  seconds: { type: 'number', default: 5, above: 0 },
  rounds: { type: 'number', default: 5, from: 1, whole: true },
  fleet: { type: 'string', default: join(import.meta.dirname, '../fleet.json') },
  results: { type: 'string', default: resultsFolder },
  json: { type: 'boolean', default: false },
});
const { cameras: cameraCounts, workers: workerCounts } = flags;
const mostWorkers = Math.max(8, ...workerCounts);
const frames = { framesPerSecond: 0.5, frameBytes: 8000 };
const controllerSteps = 20;
const overloadedMs = 100;

/** Cameras that send a quarter more than so many workers can take. */
function overloading(workers: number): number {
  return Math.ceil((1.25 * workers * 1000) / overloadedMs / frames.framesPerSecond);
}

async function measure(brokers: readonly string[], brokerPid: number | undefined): Promise<ScaleRuns> {
  const site = `bench-scale-${process.pid}`;
  const stage = await openStage({ brokers: [...brokers], site, partitions: mostWorkers }, brokerPid);
  const sample = (size: { cameras: number; workers: number; serviceMs: number }) =>
    stage.sample({ ...frames, ...size, partitions: size.workers }, flags.seconds);
  try {
    const runs = await interleave(
      [
        ...cameraCounts.map((cameras) => ({
          name: `${cameras} cameras`,
          run: () => sample({ cameras, workers: mostWorkers, serviceMs: 8 }),
        })),
        ...workerCounts.map((workers) => ({
          name: `${workers} workers`,
          run: () => sample({ cameras: overloading(workers), workers, serviceMs: overloadedMs }),
        })),
      ],
      {
        rounds: flags.rounds,
        onRun: (done, inAll, name) => showProgress(`${name}, run ${done + 1} of ${inAll}`),
      },
    );
    const of = (size: number, unit: string) => ({ size, samples: runs.get(`${size} ${unit}`) ?? [] });
    return {
      cameras: cameraCounts.map((size) => of(size, 'cameras')),
      workers: workerCounts.map((size) => of(size, 'workers')),
    };
  } finally {
    await stage.stop();
  }
}

const given = requireBroker('scale');
await runBench(flags.json, async () => {
  const assumed = readFleet(flags.fleet);
  const broker = given ? undefined : await startTestBroker();
  let runs: ScaleRuns;
  try {
    runs = await measure(given ?? broker?.brokers ?? [], broker?.processId);
  } finally {
    await broker?.stop();
  }
  const controller = cameraCounts.map((cameras) => measureStep(cameras, 'peace', controllerSteps));
  const reports = await loadReports(flags.results).catch(() => []);
  const coefficients = merged(
    withReports(assumed.coefficients, reports),
    growthCoefficients(runs, controller),
  );
  const fleet = { ...assumed, coefficients };
  return {
    ratios: growthRatios(runs, controller),
    columns: [{ label: 'what' }, { label: 'figure', format: ',.4~r' }, { label: 'unit' }, { label: 'from' }],
    rows: [
      ...growthRows(runs, controller),
      ...namesOf(coefficients).map((name) => [
        `coefficient: ${name}`,
        coefficients[name].value,
        coefficients[name].unit,
        coefficients[name].from,
      ]),
      ...paperRows(fleet, fleetCost(fleet)),
    ],
    plot: growthPlot(runs, controller),
    missing: given ? ["the broker's CPU: it is not the bench's own (KAFKA_BROKERS)"] : [],
    notes: [
      'Edge is publishing alone here; decoding and gate are in `bench edge`, the model in `bench inference`.',
      'The paper model is no measurement: sizes, prices and provisioning are the assumptions of bench/fleet.json; energy, people and cameras are not in it.',
    ],
  };
});
