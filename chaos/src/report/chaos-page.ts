import type { Page, Span } from '@framegate/report-page';
import { timeText } from '@framegate/report-page';
import type { ReadExperiment } from '../read-experiment.ts';
import type { ChaosReport, Measured } from './chaos-report.ts';
import { compareSection } from './compare-section.ts';

const objectiveMs = 500;

/** The report of an experiment for a person. */
export function chaosPage(
  { experiment }: ReadExperiment,
  report: ChaosReport,
  measured: Measured,
  { command, alone }: { readonly command: string; readonly alone?: ChaosReport | undefined },
): Page {
  const spans: Span[] = report.faults.map((fault) => ({
    from: fault.fromSeconds,
    to: Math.max(fault.toSeconds, fault.fromSeconds + 0.5),
    label: fault.name,
  }));
  const { ledger } = report;
  const time = { label: 'time', scale: 'time' } as const;
  return {
    title: experiment.title,
    lead: experiment.hypothesis,
    madeAt: measured.startedAt,
    command: `npx -y pnpm@12 chaos ${command}`,
    environment: report.environment,
    data: { json: report },
    sections: [
      {
        heading: 'What held',
        blocks: [
          {
            kind: 'verdicts',
            verdicts: report.results.map(({ says, field, expected, measured: value, holds }) => ({
              promise: `${says} (${field}: ${expected})`,
              measured: value,
              reached: holds,
            })),
          },
          {
            kind: 'figures',
            figures: [
              { label: 'lost', value: ledger.lost },
              { label: 'doubled', value: ledger.doubled },
              { label: 'unknown at a crash', value: ledger.unknownAtCrash },
              { label: 'backfilled', value: ledger.edge.backfilled },
              { label: 'p95', value: Math.round(report.latencyMs.p95), unit: 'ms' },
            ],
          },
        ],
      },
      {
        heading: 'Over time',
        blocks: [
          {
            kind: 'plot',
            plot: {
              kind: 'xy',
              title: 'Latency of live frames, at the time of their result.',
              x: time,
              y: { label: 'latency (ms)' },
              series: [
                {
                  label: 'result',
                  draw: 'points',
                  points: measured.results.map(({ atSeconds, latencyMs }) => ({
                    x: atSeconds,
                    y: latencyMs,
                  })),
                },
              ],
              thresholds: [{ at: objectiveMs, label: `objective ${objectiveMs} ms` }],
              spans,
            },
          },
          {
            kind: 'plot',
            height: 200,
            plot: {
              kind: 'xy',
              title: 'Frames in the spool of the site.',
              x: time,
              y: { label: 'frames' },
              series: [
                {
                  label: 'spooled',
                  draw: 'steps',
                  points: measured.samples.map(({ atSeconds, spoolFrames }) => ({
                    x: atSeconds,
                    y: spoolFrames,
                  })),
                },
              ],
              spans,
            },
          },
          {
            kind: 'timeline',
            events: report.faults.map((fault) => ({
              at: timeText(fault.fromSeconds),
              title: `${fault.kind} ${fault.name}, ${(fault.toSeconds - fault.fromSeconds).toFixed(1)} s`,
              text:
                fault.recoverySeconds === null
                  ? 'No result within the objective came after it.'
                  : `Every camera within its objective ${fault.recoverySeconds.toFixed(1)} s after it.`,
            })),
          },
        ],
      },
      ...(alone ? [compareSection(report, alone, objectiveMs)] : []),
      {
        heading: 'The ledger, as an auditor reads it from the topics',
        blocks: [
          {
            kind: 'table',
            caption: 'Frames',
            columns: [{ label: 'entry' }, { label: 'frames' }],
            groups: [
              { heading: 'edge', rows: rowsOf({ ...ledger.edge, ...ledger.edge.discarded }) },
              { heading: 'bus', rows: rowsOf(ledger.bus) },
              { heading: 'cloud', rows: rowsOf(ledger.cloud) },
            ],
          },
          ...(ledger.complaints.length > 0
            ? [{ kind: 'code' as const, code: ledger.complaints.join('\n') }]
            : []),
        ],
      },
    ],
  };
}

function rowsOf(entries: object): (readonly [string, number])[] {
  return Object.entries(entries).flatMap(([entry, frames]) =>
    typeof frames === 'number' ? [[entry, frames] as const] : [],
  );
}
