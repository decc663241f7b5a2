/**
 * What controllers make of the same bad weather, in virtual time:
 * `pnpm bench control [--scenarios uplink-*,lte,outage,...] [--seeds 201-205] [--json]`
 *
 * The table of `pnpm simulate` (its --help says what each column is): all scenarios but the hour of peace, every
 * policy, the same motion, sizes and weather for each by seed. Ratios: avoidable violation-seconds of ours over those
 * of the best adaptive baseline that delivers at least 0.9 times our on-time useful frames, seed by seed.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scenarios } from '@framegate/simulation';
import { z } from 'zod';
import { benchOptions } from './bench-options.ts';
import { runBench } from './suite/run-bench.ts';

const names = scenarios.map(({ name }) => name);
const flags = benchOptions({
  scenarios: { type: 'names', oneOf: names, default: names.filter((name) => name !== 'steady-hour') },
  seeds: { type: 'ranges', default: [201, 202, 203, 204, 205] },
  json: { type: 'boolean', default: false },
});

// NaN is null in JSON.
const estimate = z.object({ mean: z.number().nullable() });
const reportSchema = z.object({
  results: z.array(
    z.object({
      scenario: z.string(),
      policy: z.string(),
      violationSeconds: estimate,
      recoverySecondsP95: z.number().nullable(),
      usefulFrames: estimate,
      regret: estimate,
      switchesPerMinute: estimate,
      publishedMegabytes: estimate,
      worstCameraOnTimeShare: estimate,
    }),
  ),
  duels: z.array(
    z.object({
      scenario: z.string(),
      baseline: z.string(),
      counts: z.boolean(),
      violationRatio: estimate,
      usefulRatio: estimate,
    }),
  ),
});
type Report = z.output<typeof reportSchema>;

async function simulate(): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-control-'));
  try {
    const [program, file] = [
      join(import.meta.dirname, '../../services/cli/src/main.ts'),
      join(folder, 'r.json'),
    ];
    const asked = ['--scenarios', flags.scenarios.join(','), '--seeds', flags.seeds.join(',')];
    const child = spawn(process.execPath, [program, 'simulate', ...asked, '--json', file], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error(`simulate ended with exit code ${code}`);
    return reportSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The hardest comparison of each scenario. */
function hardest({ duels }: Report) {
  const counting = duels.filter(({ counts }) => counts);
  return [...Map.groupBy(counting, ({ scenario }) => scenario)].flatMap(([scenario, each]) => {
    const [worst] = each.toSorted((a, b) => (b.violationRatio.mean ?? -1) - (a.violationRatio.mean ?? -1));
    const ratio = worst?.violationRatio.mean ?? null;
    return worst && ratio !== null ? [{ scenario, baseline: worst.baseline, ratio }] : [];
  });
}

await runBench(flags.json, async () => {
  const report = await simulate();
  const compared = [...new Set(report.results.map(({ scenario }) => scenario))];
  const policies = [...new Set(report.results.map(({ policy }) => policy))];
  return {
    ratios: hardest(report).map(({ scenario, baseline, ratio }) => ({
      name: `${scenario}: avoidable violation-seconds of framegate over ${baseline}`,
      better: 'lower' as const,
      rounds: [ratio],
      goal: 0.33,
      // Virtual time: the same on every machine.
      isRobust: true,
    })),
    columns: [
      { label: 'scenario: policy' },
      { label: 'violation-seconds', format: '.1f' },
      { label: 'recovery p95, s', format: '.0f' },
      { label: 'on-time useful frames', format: ',.0f' },
      { label: 'regret', format: '.0%' },
      { label: 'switches/min', format: '.1f' },
      { label: 'MB', format: ',.0f' },
      { label: 'worst camera on time', format: '.1%' },
    ],
    rows: report.results.map((row) => [
      `${row.scenario}: ${row.policy}`,
      row.violationSeconds.mean,
      row.recoverySecondsP95,
      row.usefulFrames.mean,
      row.regret.mean,
      row.switchesPerMinute.mean,
      row.publishedMegabytes.mean,
      row.worstCameraOnTimeShare.mean,
    ]),
    plot: {
      kind: 'bars',
      title: 'Violation-seconds by scenario',
      y: { label: 'camera-seconds' },
      groups: compared,
      series: policies.map((label) => ({
        label,
        values: compared.map((scenario) => {
          const row = report.results.find((each) => each.scenario === scenario && each.policy === label);
          const value = row?.violationSeconds.mean ?? null;
          return value === null ? null : { value };
        }),
      })),
    },
    missing: [],
    notes: [
      `Seeds ${flags.seeds.join(', ')}. Ratios name the adaptive baseline that comes closest; where a ratio is above 1, that baseline is ahead.`,
    ],
  };
});
