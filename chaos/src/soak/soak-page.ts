import { quantileOf } from '@framegate/control';
import type { Page, Series } from '@framegate/report-page';
import type { ProcessSample } from './process-sample.ts';
import type { SoakMeasured, SoakReport } from './soak-report.ts';

const latencyBinSeconds = 60;

/** The report for a person. */
export function soakPage(report: SoakReport, measured: SoakMeasured): Page {
  const { samples, results, windows, startedAt, hours, lastedHours, seed } = measured;
  const spans = windows.map(({ name, fromSeconds, toSeconds }) => ({
    from: fromSeconds,
    to: Math.max(toSeconds, fromSeconds + 1),
    label: name,
  }));
  const curves = (value: (sample: ProcessSample) => number | undefined): Series[] =>
    [...Map.groupBy(samples, ({ pod }) => pod)].map(([label, own]) => ({
      label,
      draw: 'line',
      points: own.flatMap((sample) => {
        const y = value(sample);
        return y === undefined ? [] : [{ x: sample.hours * 3600, y }];
      }),
    }));
  const bins = Map.groupBy(results, ({ atSeconds }) => Math.floor(atSeconds / latencyBinSeconds));
  const latency: Series = {
    label: 'p95 of a minute',
    draw: 'line',
    points: [...bins].map(([bin, own]) => ({
      x: bin * latencyBinSeconds,
      y: quantileOf(
        own.map(({ latencyMs }) => latencyMs).toSorted((a, b) => a - b),
        0.95,
      ),
    })),
  };
  const plot = (title: string, unit: string, series: Series[]) => ({
    kind: 'plot' as const,
    height: 240,
    plot: {
      kind: 'xy' as const,
      title,
      x: { label: 'time', scale: 'time' as const },
      y: { label: unit },
      series,
      spans,
    },
  });
  return {
    title: `${Number(lastedHours.toFixed(2))} hours with faults`,
    lead: `Eight cameras, and a fault at random each few minutes: what grows, what drifts, what is lost.${
      lastedHours < hours ? ` Ended early, of ${hours} hours.` : ''
    }`,
    madeAt: startedAt,
    command: `npx -y pnpm@12 soak --hours ${hours} --seed ${seed}`,
    environment: {},
    data: { json: report },
    sections: [
      {
        heading: 'What held',
        blocks: [
          {
            kind: 'verdicts',
            verdicts: report.results.map(({ says, expected, measured: value, holds }) => ({
              promise: `${says} (${expected})`,
              measured: value,
              reached: holds,
            })),
          },
        ],
      },
      {
        heading: 'Over time',
        blocks: [
          plot(
            'Resident memory of each process, after a collection.',
            'MiB',
            curves(({ residentMib }) => residentMib),
          ),
          plot(
            'Of it the memory of its own, which stands in no file.',
            'MiB',
            curves(({ anonymousMib }) => anonymousMib),
          ),
          plot(
            'Open descriptors.',
            'descriptors',
            curves(({ descriptors }) => descriptors),
          ),
          plot(
            'Delay of the event loop, 99th percentile.',
            'ms',
            curves(({ eventLoopDelayMs }) => eventLoopDelayMs),
          ),
          plot('Latency of live frames.', 'ms', [latency]),
        ],
      },
    ],
  };
}
