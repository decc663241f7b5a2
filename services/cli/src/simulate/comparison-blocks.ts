import type { Block, Cell } from '@framegate/report-page';
import type { Duel, Estimate, SummaryRow } from '@framegate/simulation';

/** All policies of one scenario. */
export function summaryTable(rows: readonly SummaryRow[]): Block {
  return {
    kind: 'table',
    caption: `Means over ${rows[0]?.seeds ?? 0} seeds, with 95 % intervals`,
    columns: [
      { label: 'policy' },
      { label: 'violation-seconds', format: '.1f', best: 'lowest' },
      { label: '95 %' },
      { label: 'recovery p95, s', format: '.0f' },
      { label: 'full quality p95, s', format: '.0f' },
      { label: 'on-time useful frames', format: ',.0f', best: 'highest' },
      { label: '95 %' },
      { label: 'regret', format: '.1%' },
      { label: 'switches/min', format: '.1f' },
      { label: 'MB', format: ',.1f' },
      { label: 'p95, ms', format: '.0f' },
      { label: "Jain's index", format: '.3f' },
      { label: 'worst camera on time', format: '.1%' },
    ],
    groups: [
      {
        rows: rows.map((row) => [
          row.policy,
          known(row.violationSeconds.mean),
          interval(row.violationSeconds, 1),
          known(row.recoverySecondsP95),
          known(row.fullQualitySecondsP95),
          known(row.usefulFrames.mean),
          interval(row.usefulFrames, 0),
          known(row.regret.mean),
          known(row.switchesPerMinute.mean),
          known(row.publishedMegabytes.mean),
          known(row.latencyP95Ms.mean),
          known(row.jain.mean),
          known(row.worstCameraOnTimeShare.mean),
        ]),
      },
    ],
  };
}

/** Ours against the adaptive baselines. */
export function duelTable(duels: readonly Duel[]): Block {
  return {
    kind: 'table',
    caption: 'Ours against each adaptive baseline, seed by seed',
    columns: [
      { label: 'baseline' },
      { label: 'our avoidable violation-seconds over its', format: '.2f' },
      { label: '95 %' },
      { label: 'our useful frames over its', format: '.2f' },
      { label: '95 %' },
      { label: 'compared' },
    ],
    groups: [
      {
        rows: duels.map(({ baseline, counts, violationRatio, usefulRatio }) => [
          baseline,
          known(violationRatio.mean),
          interval(violationRatio, 2),
          known(usefulRatio.mean),
          interval(usefulRatio, 2),
          counts ? 'yes' : 'no',
        ]),
      },
    ],
    note: 'Violations are compared where the baseline delivers at least 0.9 times our useful frames.',
  };
}

/** Where each policy stands between usefulness and broken promises. */
export function utilityPlane(rows: readonly SummaryRow[]): Block {
  return {
    kind: 'plot',
    plot: {
      kind: 'xy',
      title: 'Useful frames against violation-seconds',
      description: 'To the lower right is better.',
      x: { label: 'on-time useful frames' },
      y: { label: 'violation-seconds' },
      series: [...Map.groupBy(rows, ({ kind }) => kind)].map(([kind, own]) => ({
        label: kind,
        draw: 'points' as const,
        points: own.map(({ policy, usefulFrames, violationSeconds }) => ({
          x: usefulFrames.mean,
          y: violationSeconds.mean,
          label: policy,
        })),
      })),
    },
  };
}

function known(value: number): Cell {
  return Number.isFinite(value) ? value : null;
}

function interval({ low, high }: Estimate, digits: number): Cell {
  return Number.isFinite(low) && Number.isFinite(high)
    ? `${low.toFixed(digits)} to ${high.toFixed(digits)}`
    : null;
}
