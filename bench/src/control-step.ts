/**
 * What a step of the controller costs: CPU time for 1,000 to 10,000 cameras, four at a site, in peace and while
 * every uplink is too narrow. `pnpm bench control-step [--json] [--steps 100]`
 *
 * A controller runs for months: what is measured comes after some hundred steps, once its code is compiled.
 */
import { benchOptions } from './bench-options.ts';
import { measureStep } from './control-load.ts';

const { json, steps } = benchOptions({
  json: { type: 'boolean', default: false },
  steps: { type: 'number', default: 100, from: 1, whole: true },
});
const compiledAfterSteps = 150;
for (const load of ['peace', 'overload'] as const) measureStep(1000, load, compiledAfterSteps);
const rows = [1000, 2000, 5000, 10_000].flatMap((cameras) =>
  (['peace', 'overload'] as const).map((load) => measureStep(cameras, load, steps)),
);
if (json)
  console.log(JSON.stringify({ schema: 'framegate.report/1', kind: 'bench', results: rows }, null, 2));
else {
  console.log('cameras  load      p50 ms  mean ms  p50 ms per 1,000 cameras (CPU time of one step)');
  for (const { cameras, load, p50Ms, meanMs, perThousandMs } of rows)
    console.log(
      `${String(cameras).padStart(7)}  ${load.padEnd(8)}${p50Ms.toFixed(1).padStart(8)}${meanMs.toFixed(1).padStart(9)}${perThousandMs.toFixed(1).padStart(8)}`,
    );
}
