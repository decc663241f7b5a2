import type {
  Block,
  Page,
  Plot,
  PlotPoint,
  Section,
  Series,
  Span,
  TimelineEvent,
} from '@framegate/report-page';
import { timeText } from '@framegate/report-page';
import type { Disturbance, Duel, RunResult, Scenario, SecondSample, SummaryRow } from '@framegate/simulation';
import { scenarios } from '@framegate/simulation';
import type { SimulationReport } from './simulation-report.ts';
import { duelTable, summaryTable, utilityPlane } from './comparison-blocks.ts';

type Made = Pick<SimulationReport, 'startedAt' | 'durationSeconds' | 'environment'> & {
  readonly command: string;
};

/** Decisions of one run that are shown; a page is for reading. */
const shownDecisions = 60;
/** Runs whose lines stand in one plot, so that they can be told apart. */
const shownLines = 6;

/** The comparison as a page. `runs`: one for each scenario and policy, with all its seconds. */
export function simulationPage(
  runs: readonly RunResult[],
  { rows, duels }: { readonly rows: readonly SummaryRow[]; readonly duels: readonly Duel[] },
  { startedAt, durationSeconds, environment, command }: Made,
): Page {
  return {
    title: 'Controllers in simulation',
    lead: 'Each scenario with each policy and seed, in virtual time. Plots show the first seed; tables are means over all seeds with 95 % bootstrap intervals.',
    madeAt: new Date(startedAt),
    command,
    environment: { ...environment, 'made in': `${durationSeconds.toFixed(0)} s` },
    sections: [...Map.groupBy(runs, ({ scenario }) => scenario)].map(([name, own]) =>
      sectionOf(
        scenarios.find((scenario) => scenario.name === name),
        own,
        rows.filter(({ scenario }) => scenario === name),
        duels.filter(({ scenario }) => scenario === name),
      ),
    ),
  };
}

function sectionOf(
  scenario: Scenario | undefined,
  runs: readonly RunResult[],
  rows: readonly SummaryRow[],
  duels: readonly Duel[],
): Section {
  const shown = runs.slice(0, shownLines);
  const [first] = runs;
  const blocks: Block[] = [
    { kind: 'text', text: scenario?.title ?? '' },
    summaryTable(rows),
    ...(duels.length > 0 ? [duelTable(duels)] : []),
    utilityPlane(rows),
    ...(first && scenario
      ? [{ kind: 'plot' as const, plot: latencyPlot(scenario, shown) }, ...ownBlocks(scenario, first)]
      : []),
  ];
  return { heading: scenario?.name ?? '', blocks };
}

/** Of runs that were kept whole; the first policy's broken seconds are shaded. */
export function latencyPlot(scenario: Scenario, runs: readonly RunResult[]): Plot {
  const objectives = [...new Set(scenario.cameras.map(({ objectiveMs }) => objectiveMs))];
  return {
    kind: 'xy',
    title: 'Latency: 95th percentile of the results of each second',
    description: `Gaps are seconds without a result, as frames that can't be in time are given up. Shaded: what happened, and where ${runs[0]?.policy ?? 'the first'} broke the promise.`,
    x: { label: 'time', scale: 'time' },
    y: { label: 'ms', domain: [0, 1.5 * Math.max(...objectives)] },
    series: runs.map(({ policy, seconds }): Series => ({
      label: policy,
      points: seconds.map(({ second, p95Ms }) => pointOf(second, p95Ms)),
    })),
    thresholds: objectives.map((at) => ({ at, label: `objective ${at} ms` })),
    spans: [...disturbanceSpans(scenario), ...violationSpans(runs[0]?.seconds ?? [])],
  };
}

/** The first policy by itself: where it broke the promise, what it moved, what it said. */
function ownBlocks(scenario: Scenario, run: RunResult): Block[] {
  const lever = (label: string, of: (sample: SecondSample) => number, top: number): Series => ({
    label,
    draw: 'steps',
    points: run.seconds.map((sample) => pointOf(sample.second, of(sample) / top)),
  });
  const levers: Block = {
    kind: 'plot',
    plot: {
      kind: 'xy',
      title: `Levers of ${run.policy}: means over the cameras, as shares of the highest setting`,
      description: 'Shaded: seconds in which a camera broke the promise.',
      x: { label: 'time', scale: 'time' },
      y: { label: 'share of the highest', format: '.0%', domain: [0, 1.05] },
      series: [
        lever(
          'frame rate',
          ({ levers: { framesPerSecond } }) => framesPerSecond,
          scenario.ladder.framesPerSecond.at(-1) ?? 1,
        ),
        lever('width', ({ levers: { width } }) => width, scenario.ladder.widths.at(-1) ?? 1),
        lever('quality', ({ levers: { quality } }) => quality, scenario.ladder.qualities.at(-1) ?? 1),
        lever('accuracy', ({ levers: { accuracy } }) => accuracy, 1),
      ],
      spans: violationSpans(run.seconds),
    },
  };
  if (run.decisions.length === 0) return [levers];
  const more = run.decisions.length - shownDecisions;
  return [
    levers,
    { kind: 'timeline', events: run.decisions.slice(0, shownDecisions).map(eventOf) },
    ...(more > 0 ? [{ kind: 'text' as const, text: `and ${more} decisions more` }] : []),
  ];
}

function eventOf({
  atUs,
  lever,
  subjects,
  from,
  to,
  reason,
  cause,
  value,
  objective,
}: RunResult['decisions'][number]): TimelineEvent {
  return {
    at: timeText(atUs / 1e6),
    title: `${lever} of ${subjects.length > 3 ? `${subjects.length} cameras` : subjects.join(', ')}: ${from} to ${to}`,
    text: reason,
    details: [
      ['cause', cause],
      ['value', Number.isFinite(value) ? value.toFixed(0) : 'unknown'],
      ['objective', objective],
    ],
  };
}

function disturbanceSpans({ disturbances, durationSeconds }: Scenario): Span[] {
  const spans = disturbances.map(({ kind, atSeconds, untilSeconds }: Disturbance): Span => ({
    from: atSeconds,
    to: Math.min(durationSeconds, untilSeconds ?? durationSeconds),
    label: kind,
    tone: 'quiet',
  }));
  return spans.filter(({ from, to }) => to > from);
}

/** Stretches of seconds that follow each other. */
function violationSpans(seconds: readonly SecondSample[]): Span[] {
  const spans: { from: number; to: number; label: string }[] = [];
  for (const { second, violations } of seconds) {
    if (violations === 0) continue;
    const last = spans.at(-1);
    if (last?.to === second) last.to = second + 1;
    else spans.push({ from: second, to: second + 1, label: 'promise broken' });
  }
  return spans;
}

function pointOf(x: number, y: number): PlotPoint {
  return { x, y: Number.isFinite(y) ? y : null };
}
