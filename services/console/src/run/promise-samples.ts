import type { Sample, SeriesPoint, Summary } from '@framegate/history-store';
import { summarize, summaryQuantile } from '@framegate/history-store';
import { stages } from '@framegate/run-observer';
import type { HistoryPoint } from '../protocol/history.ts';
import { judgedPoint, percentOfObjective, tenths } from './history-series.ts';
import type { ToldSecond } from './run-history.ts';

/** Those that add up. `due` is written each second, also where it is 0: it tells that the second was measured. */
const counts = [
  'due',
  'onTime',
  'allowedLate',
  'captured',
  'stopped',
  'published',
  'publishedBytes',
  'analysed',
  'passedOver',
] as const;
/** Of rows without a share of their own. */
const usualLateShare = 0.05;
const levers = ['frameRate', 'width', 'quality'] as const;

/** Names of the series in which a history keeps how the promise stood. Their subject is the SLO; empty for all cameras. */
export const promiseSeries: readonly string[] = [
  'latencyMs',
  'objectivePercent',
  'objectiveMs',
  ...stages.map((stage) => `stageMs.${stage}`),
  ...counts,
  ...levers.map((lever) => `lever.${lever}`),
  'batch',
  'workers',
];

/** One second, as the history keeps it. What is nothing is left out, so that a still site costs little. */
export function samplesOf({ slo, facts, results }: ToldSecond): Sample[] {
  const atUs = Math.round(facts.atUs);
  const sample = (series: string, values: readonly number[], quantiles = false): Sample[] =>
    values.length === 0 ? [] : [{ series, subject: slo, atUs, summary: summarize(values, { quantiles }) }];
  const known = (value: number | null | undefined): number[] =>
    value === null || value === undefined ? [] : [value];
  return [
    ...sample(
      'latencyMs',
      results.map(({ latencyMs }) => latencyMs),
      true,
    ),
    ...sample('objectivePercent', results.map(percentOfObjective), true),
    ...sample(
      'objectiveMs',
      results.map(({ objectiveMs }) => objectiveMs),
    ),
    ...stages.flatMap((stage, i) =>
      sample(
        `stageMs.${stage}`,
        results.map(({ stagesMs }) => stagesMs[i] ?? 0),
      ),
    ),
    ...counts.flatMap((name) => (facts[name] === 0 && name !== 'due' ? [] : sample(name, [facts[name]]))),
    ...levers.flatMap((lever) => sample(`lever.${lever}`, known(facts.levers?.[lever]))),
    ...sample('batch', known(facts.batch)),
    ...sample('workers', known(facts.workers)),
  ];
}

/** The same steps as the page shows them, oldest first. */
export function pointsOf(samples: readonly SeriesPoint[]): HistoryPoint[] {
  const steps = Map.groupBy(samples, ({ atUs }) => atUs);
  return [...steps]
    .toSorted(([a], [b]) => a - b)
    .map(([atUs, step]) => pointOf(atUs, new Map(step.map(({ series, summary }) => [series, summary]))));
}

function pointOf(atUs: number, of: ReadonlyMap<string, Summary>): HistoryPoint {
  const sum = (series: string): number => of.get(series)?.sum ?? 0;
  const latest = (series: string): number | null => of.get(series)?.last ?? null;
  const latency = of.get('latencyMs');
  const quantile = (q: number, summary = latency): number | null =>
    summary ? tenths(summaryQuantile(summary, q)) : null;
  // Rows of an older console have none.
  const percent = of.get('objectivePercent');
  const percentile = (q: number): number | null => (percent ? quantile(q, percent) : null);
  const [frameRate, width, quality] = [
    latest('lever.frameRate'),
    latest('lever.width'),
    latest('lever.quality'),
  ];
  return judgedPoint({
    atUs,
    seconds: of.get('due')?.count ?? 1,
    results: latency?.count ?? 0,
    p50Ms: quantile(0.5),
    p95Ms: quantile(0.95),
    p99Ms: quantile(0.99),
    p50Percent: percentile(0.5),
    p95Percent: percentile(0.95),
    p99Percent: percentile(0.99),
    objectiveMs: of.get('objectiveMs')?.min ?? null,
    due: sum('due'),
    onTime: sum('onTime'),
    allowedLate: of.get('allowedLate')?.sum ?? sum('due') * usualLateShare,
    stagesMs: stages.map((stage) => meanOf(of.get(`stageMs.${stage}`))),
    captured: sum('captured'),
    stopped: sum('stopped'),
    published: sum('published'),
    publishedBytes: sum('publishedBytes'),
    analysed: sum('analysed'),
    passedOver: sum('passedOver'),
    levers: frameRate === null || width === null || quality === null ? null : { frameRate, width, quality },
    batch: latest('batch'),
    workers: latest('workers'),
  });
}

function meanOf(summary: Summary | undefined): number {
  return summary ? Math.round((summary.sum / summary.count) * 100) / 100 : 0;
}
