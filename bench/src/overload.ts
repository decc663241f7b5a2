/**
 * Age of results when more frames come than can be analysed:
 * `pnpm bench overload [--cameras 8] [--fps 10] [--service-ms 50] [--seconds 60] [--bus memory|kafka] [--json]`
 */
import { latencyMs } from '@framegate/contracts';
import { jainIndex, quantileOf } from '@framegate/control';
import { cloudBalance } from '@framegate/frame-ledger';
import { benchOptions } from './bench-options.ts';
import { openBenchBus } from './bench-bus.ts';
import { runInference } from './inference-run.ts';

const options = benchOptions({
  cameras: { type: 'string', default: '8' },
  fps: { type: 'string', default: '10' },
  'service-ms': { type: 'string', default: '50' },
  seconds: { type: 'string', default: '60' },
  bus: { type: 'string', default: 'memory' },
  json: { type: 'boolean', default: false },
});
const cameras = Number(options.cameras);
const framesPerSecond = Number(options.fps);
const buses = await openBenchBus(options.bus === 'kafka' ? 'kafka' : 'memory');
const load = {
  cameras,
  framesPerSecond,
  seconds: Number(options.seconds),
  frameBytes: 100_000,
  objectiveMs: 2000,
};
const run = await runInference(buses, load, Number(options['service-ms']));
await buses.stop();

const ages = run.detections.map(latencyMs);
const perCamera = Array.from({ length: cameras }, (_, camera) =>
  run.detections.reduce((count, { cameraId }) => count + (cameraId.endsWith(`/c${camera}`) ? 1 : 0), 0),
);
const serviceMs = quantileOf(run.serviceMs, 0.5);
const balance = cloudBalance(run.counts);
const third = Math.max(1, Math.floor(run.residentBytes.length / 3));
const mean = (bytes: readonly number[]): number => bytes.reduce((a, b) => a + b, 0) / bytes.length / 2 ** 20;
const result = {
  schema: 'framegate.report/1',
  kind: 'bench',
  bench: 'overload',
  load: (cameras * framesPerSecond * serviceMs) / 1000,
  serviceMs,
  age: { p50Ms: quantileOf(ages, 0.5), p95Ms: quantileOf(ages, 0.95), p99Ms: quantileOf(ages, 0.99) },
  p95OverService: quantileOf(ages, 0.95) / serviceMs,
  jain: jainIndex(perCamera),
  perCamera,
  sent: run.sent,
  ledger: {
    ...run.counts,
    balanced: balance.delivered === 0 && balance.received === 0 && run.counts.received === run.sent,
  },
  residentMiB: {
    firstThird: mean(run.residentBytes.slice(0, third)),
    lastThird: mean(run.residentBytes.slice(-third)),
  },
};
if (options.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
else {
  const { age, ledger, residentMiB } = result;
  process.stdout.write(
    [
      `${cameras} cameras x ${framesPerSecond}/s on one ${serviceMs.toFixed(1)} ms worker: ${result.load.toFixed(1)}x its capacity`,
      `age of results: p50 ${age.p50Ms.toFixed(0)}, p95 ${age.p95Ms.toFixed(0)}, p99 ${age.p99Ms.toFixed(0)} ms; p95 is ${result.p95OverService.toFixed(2)}x the service time`,
      `fairness: Jain's index ${result.jain.toFixed(4)}, results by camera ${perCamera.join(' ')}`,
      `ledger: ${ledger.balanced ? 'balanced' : 'NOT BALANCED'}: sent ${run.sent}, analysed ${ledger.analysed}, superseded ${ledger.superseded}, expired ${ledger.expired}`,
      `resident memory: ${residentMiB.firstThird.toFixed(0)} MiB in the first third, ${residentMiB.lastThird.toFixed(0)} in the last`,
      '',
    ].join('\n'),
  );
}
