/**
 * What the way from capture to detection costs beside the work of the stages, frames of 100 KB at 50/s, in process
 * and through a broker in turn (A B A B): `pnpm bench overhead [--seconds 20] [--rounds 3] [--only memory|kafka] [--json]`
 */
import { overheadMs } from '@framegate/contracts';
import { quantileOf } from '@framegate/control';
import { benchOptions } from './bench-options.ts';
import { openBus } from '@framegate/service-load';
import { runInference } from './inference-run.ts';

const options = benchOptions({
  seconds: { type: 'number', default: 20, above: 0 },
  rounds: { type: 'number', default: 3, from: 1, whole: true },
  only: { type: 'name', oneOf: ['memory', 'kafka'] },
  json: { type: 'boolean', default: false },
});
const load = {
  cameras: 5,
  framesPerSecond: 10,
  seconds: options.seconds,
  frameBytes: 1e5,
  objectiveMs: 2e3,
};
const names = options.only ? [options.only] : (['memory', 'kafka'] as const);
const rounds: { bus: string; count: number; p50Ms: number; p95Ms: number; p99Ms: number }[] = [];
for (let round = 0; round < options.rounds; round++) {
  for (const bus of names) {
    const buses = await openBus(bus);
    const { detections } = await runInference(buses, load, 0);
    await buses.stop();
    const overheads = detections.map(overheadMs);
    const at = (q: number): number => quantileOf(overheads, q);
    rounds.push({ bus, count: overheads.length, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) });
    if (!options.json) process.stderr.write('.');
  }
}
const results = names.map((bus) => {
  const own = rounds.filter((round) => round.bus === bus);
  const median = (pick: (round: (typeof own)[number]) => number): number => quantileOf(own.map(pick), 0.5);
  return {
    bus,
    p50Ms: median((r) => r.p50Ms),
    p95Ms: median((r) => r.p95Ms),
    p99Ms: median((r) => r.p99Ms),
    rounds: own,
  };
});
if (options.json) {
  process.stdout.write(
    `${JSON.stringify({ schema: 'framegate.report/1', kind: 'bench', bench: 'overhead', results }, null, 2)}\n`,
  );
} else {
  process.stderr.write('\n');
  for (const { bus, p50Ms, p95Ms, p99Ms, rounds: own } of results) {
    const spread = `p50 of the rounds ${own.map((round) => round.p50Ms.toFixed(2)).join(', ')}`;
    process.stdout.write(
      `${bus.padEnd(6)} p50 ${p50Ms.toFixed(2)}  p95 ${p95Ms.toFixed(2)}  p99 ${p99Ms.toFixed(2)} ms (${spread})\n`,
    );
  }
}
