import type { Stage } from '@framegate/run-observer/stage-times';
import { stages } from '@framegate/run-observer/stage-times';
import type { HistoryPoint } from '../../../src/protocol/history.ts';
import type { Promised, PromiseStanding } from '../../../src/protocol/live.ts';
import type { ChartLine, Span } from '../charts/chart.ts';
import { ms, percent } from '../lib/format.ts';

export interface HistoryReply {
  /** Of what was asked for, all cameras or one SLO. */
  readonly standing: PromiseStanding | undefined;
  readonly stepSeconds: number;
  readonly points: readonly HistoryPoint[];
}

const stageLooks: Readonly<Record<Stage, { label: string; colour: string }>> = {
  decode: { label: 'decode', colour: '#3b6fd4' },
  gate: { label: 'gate', colour: '#5aa9e6' },
  encode: { label: 'encode', colour: '#2a9d8f' },
  publish: { label: 'send', colour: '#8ab17d' },
  carry: { label: 'bus', colour: '#e9c46a' },
  wait: { label: 'wait', colour: '#f28c4b' },
  jpegDecode: { label: 'read JPEG', colour: '#b07fd6' },
  inference: { label: 'inference', colour: '#8450b8' },
  emit: { label: 'tell', colour: '#9aa5b5' },
};

/** What is promised, as a sentence. @param promises the strictest objective first */
export function promiseText(promises: readonly Promised[]): string {
  const ofWhat = ({ cameras }: Promised): string =>
    promises.length === 1
      ? 'the results'
      : cameras === 1
        ? 'those of one camera'
        : `those of ${cameras} cameras`;
  const parts = promises.map(
    (one) => `${percent(one.target)} of ${ofWhat(one)} within ${ms(one.objectiveMs)}`,
  );
  if (parts.length === 0) return '';
  return `${parts.length > 1 ? 'Of the results: ' : ''}${parts.join(', ')} of the capture.`;
}

/** An SLO, for people who choose it. */
export function sloText({ slo, objectiveMs, target, cameras }: Promised): string {
  const what = `${percent(target)} within ${ms(objectiveMs)}`;
  const whose = cameras === 1 ? '1 camera' : `${cameras} cameras`;
  return slo === ms(objectiveMs) ? `${what} (${whose})` : `${slo}: ${what} (${whose})`;
}

/** Latencies of cameras with different objectives, each as a percentage of its own: only so one line is right for all. */
export function percentLines(points: readonly HistoryPoint[]): ChartLine[] {
  const full = points.map(({ seconds }) => (seconds === 0 ? null : 100));
  return [
    { label: 'p99', colour: '--line-3', values: points.map((point) => point.p99Percent), width: 1 },
    { label: 'p95', colour: '--line-1', values: points.map((point) => point.p95Percent) },
    { label: 'p50', colour: '--line-2', values: points.map((point) => point.p50Percent), width: 1.5 },
    { label: 'own objective', colour: '--bad', values: full, dash: [6, 4], width: 1.5 },
  ];
}

export function latencyLines(points: readonly HistoryPoint[]): ChartLine[] {
  return [
    { label: 'p99', colour: '--line-3', values: points.map(({ p99Ms }) => p99Ms), width: 1 },
    { label: 'p95', colour: '--line-1', values: points.map(({ p95Ms }) => p95Ms) },
    { label: 'p50', colour: '--line-2', values: points.map(({ p50Ms }) => p50Ms), width: 1.5 },
    { label: 'objective', colour: '--bad', values: objectives(points), dash: [6, 4], width: 1.5 },
  ];
}

/** With a point without figures wherever nobody measured for a while, so that no line is drawn across. */
export function withGaps(points: readonly HistoryPoint[], stepSeconds: number): HistoryPoint[] {
  return points.flatMap((point, i) => {
    const before = points[i - 1];
    if (!before) return [point];
    const endUs = before.atUs + before.seconds * 1e6;
    return point.atUs - endUs > 3e6 * stepSeconds ? [unmeasured(endUs), point] : [point];
  });
}

function unmeasured(atUs: number): HistoryPoint {
  return {
    atUs,
    seconds: 0,
    results: 0,
    due: 0,
    onTime: 0,
    allowedLate: 0,
    violated: false,
    stagesMs: [],
    p50Ms: null,
    p95Ms: null,
    p99Ms: null,
    p50Percent: null,
    p95Percent: null,
    p99Percent: null,
    objectiveMs: null,
    levers: null,
    batch: null,
    workers: null,
    captured: 0,
    stopped: 0,
    published: 0,
    analysed: 0,
    passedOver: 0,
    publishedBytes: 0,
    savedBytes: 0,
  };
}

/** Also where there was no result: a line that breaks off says nothing. */
function objectives(points: readonly HistoryPoint[]): (number | null)[] {
  let last = points.find(({ objectiveMs }) => objectiveMs !== null)?.objectiveMs ?? null;
  return points.map(({ objectiveMs, seconds }) => (seconds === 0 ? null : (last = objectiveMs ?? last)));
}

export function stageLines(points: readonly HistoryPoint[]): ChartLine[] {
  return stages
    .map((stage, index) => ({
      ...stageLooks[stage],
      values: points.map(({ stagesMs, seconds }) => (seconds === 0 ? null : (stagesMs[index] ?? 0))),
    }))
    .toReversed();
}

export function throughputLines(points: readonly HistoryPoint[]): ChartLine[] {
  const perSecond = (of: (point: HistoryPoint) => number) => points.map((point) => rate(point, of(point)));
  return [
    { label: 'captured', colour: '--line-3', values: perSecond(({ captured }) => captured) },
    { label: 'sent', colour: '--line-1', values: perSecond(({ published }) => published) },
    { label: 'analysed', colour: '--ok', values: perSecond(({ analysed }) => analysed) },
    { label: 'passed over', colour: '--warn', values: perSecond(({ passedOver }) => passedOver), width: 1.5 },
  ];
}

export function byteLines(points: readonly HistoryPoint[]): ChartLine[] {
  return [
    { label: 'saved by the gate', colour: '--ok-fill', values: points.map((p) => rate(p, p.savedBytes)) },
    { label: 'sent', colour: '--line-1', values: points.map((p) => rate(p, p.publishedBytes)) },
  ];
}

/** Null where nobody measured. */
function rate({ seconds }: HistoryPoint, value: number): number | null {
  return seconds === 0 ? null : value / seconds;
}

export function leverLines(points: readonly HistoryPoint[]): ChartLine[] {
  const share = (of: keyof NonNullable<HistoryPoint['levers']>) =>
    points.map(({ levers }) => (levers ? levers[of] * 100 : null));
  return [
    { label: 'frame rate', colour: '--line-1', values: share('frameRate'), stepped: true },
    { label: 'width', colour: '--line-2', values: share('width'), stepped: true },
    { label: 'quality', colour: '--warn', values: share('quality'), stepped: true },
  ];
}

/** Seconds that follow each other are one span, so that the shade has no seams. */
export function violationSpans(points: readonly HistoryPoint[]): Span[] {
  const spans: Span[] = [];
  for (const [index, { violated, atUs, seconds }] of points.entries()) {
    if (!violated) continue;
    const [from, to] = [atUs / 1e6 - 0.5, atUs / 1e6 + seconds - 0.5];
    const last = points[index - 1]?.violated ? spans.pop() : undefined;
    spans.push({ from: last?.from ?? from, to });
  }
  return spans;
}

export interface Sums {
  readonly due: number;
  readonly late: number;
  /** Share of the due ones that may be late; null where none was due. */
  readonly allowedShare: number | null;
  /** Of the whole window: 1 is untouched, 0 used up; below 0 overdrawn. */
  readonly budgetLeft: number | null;
  readonly burnRate: number;
  readonly savedShare: number | null;
  readonly violatedSeconds: number;
}

export function sumsOf(points: readonly HistoryPoint[]): Sums {
  const sum = (of: (point: HistoryPoint) => number) => points.reduce((total, point) => total + of(point), 0);
  const due = sum((point) => point.due);
  const late = Math.max(0, due - sum((point) => point.onTime));
  const [saved, sent] = [sum((point) => point.savedBytes), sum((point) => point.publishedBytes)];
  const allowed = sum((point) => point.allowedLate);
  const burnRate = allowed === 0 ? 0 : late / allowed;
  return {
    due,
    late,
    allowedShare: due === 0 ? null : allowed / due,
    budgetLeft: due === 0 ? null : 1 - burnRate,
    burnRate,
    savedShare: saved + sent === 0 ? null : saved / (saved + sent),
    violatedSeconds: sum((point) => (point.violated ? point.seconds : 0)),
  };
}
