import type { Page, Span } from '@framegate/report-page';
import type { ChaosReport } from './chaos-report.ts';

type Section = Page['sections'][number];

/** The same experiment with and without a controller, side by side. */
export function compareSection(controlled: ChaosReport, alone: ChaosReport, objectiveMs: number): Section {
  const both = [
    ['with', controlled],
    ['without', alone],
  ] as const;
  const spans: Span[] = controlled.faults.map(({ name, fromSeconds, toSeconds }) => ({
    from: fromSeconds,
    to: Math.max(toSeconds, fromSeconds + 0.5),
    label: name,
  }));
  return {
    heading: 'With and without the controller',
    blocks: [
      {
        kind: 'table',
        caption: 'The same faults, the same seed.',
        columns: [
          { label: 'controller' },
          { label: 'on time', format: '.1%', best: 'highest' },
          { label: 'results', best: 'highest' },
          { label: 'p95, ms', format: ',.0f', best: 'lowest' },
          { label: 'superseded', format: ',' },
          { label: 'expired', format: ',', best: 'lowest' },
          { label: 'given up', format: ',', best: 'lowest' },
        ],
        groups: [
          {
            rows: both.map(([label, { slo, latencyMs, ledger }]) => [
              label,
              slo.onTimeShare ?? 0,
              latencyMs.count,
              latencyMs.p95,
              ledger.cloud.superseded,
              ledger.cloud.expired,
              ledger.discardedForBus,
            ]),
          },
        ],
      },
      {
        kind: 'plot',
        plot: {
          kind: 'xy',
          title: 'Latency of live frames, at the time of their result.',
          x: { label: 'time', scale: 'time' },
          y: { label: 'latency (ms)' },
          series: both.map(([label, { series }]) => ({
            label: `${label} controller`,
            draw: 'points',
            points: series.live.map(([x, y]) => ({ x, y })),
          })),
          thresholds: [{ at: objectiveMs, label: `objective ${objectiveMs} ms` }],
          spans,
        },
      },
    ],
  };
}
