import type { LanesPlot, PlotPoint, Span, XyPlot } from '@framegate/report-page';
import { causes } from './causes.ts';
import type { Explanation } from './explain.ts';
import type { FrameRecord } from './frame-record.ts';
import { causesOf, eventsOf, suppressedBy } from './stretches.ts';

const time = { label: 'time', scale: 'time' } as const;

export function scorePlot({ frames }: Explanation): XyPlot {
  return {
    kind: 'xy',
    title: 'Score.',
    description: 'Of the strongest region; from the threshold on it is motion. Shaded: events.',
    x: axisOf(frames),
    y: { label: 'score', domain: [0, 1] },
    series: [{ label: 'score', points: pointsOf(frames, ({ score }) => score) }],
    thresholds: thresholdsOf(frames),
    spans: eventSpans(frames),
  };
}

export function causesPlot({ frames }: Explanation): LanesPlot {
  const motion = { label: 'motion', spans: eventsOf(frames) };
  const suppressed = causesOf(frames).map(({ cause }) => ({
    label: causes[cause].name,
    spans: suppressedBy(frames, cause),
  }));
  return {
    kind: 'lanes',
    title: 'What the gate made of it.',
    description: 'Motion, and why changes were not called motion.',
    x: axisOf(frames),
    lanes: [motion, ...suppressed],
  };
}

/** The gate has no figure yet in its first seconds, which it tells as 0. */
export function noisePlot({ frames }: Explanation): XyPlot {
  return {
    kind: 'xy',
    title: 'Noise level.',
    description: 'What changes of itself, without anything moving. A change must stand out from it.',
    x: axisOf(frames),
    y: { label: 'standard deviation (levels of 255)' },
    series: [{ label: 'noise', points: pointsOf(frames, ({ noise }) => (noise === 0 ? null : noise)) }],
    spans: eventSpans(frames),
  };
}

export function regionsPlot({ frames, width, height }: Explanation): XyPlot {
  const share = ({ regions }: FrameRecord): number =>
    regions.reduce((sum, [, , w, h]) => sum + w * h, 0) / (width * height);
  return {
    kind: 'xy',
    title: 'Regions.',
    description: 'The share of the picture that the regions with motion cover.',
    x: axisOf(frames),
    y: { label: 'share of the picture', format: '.0~%' },
    series: [{ label: 'regions', draw: 'steps', points: pointsOf(frames, share) }],
  };
}

function axisOf(frames: readonly FrameRecord[]) {
  const [from, to] = [frames[0]?.timeSeconds ?? 0, frames.at(-1)?.timeSeconds ?? 0];
  return { ...time, domain: [from, Math.max(to, from + 1)] as const };
}

function pointsOf(frames: readonly FrameRecord[], of: (record: FrameRecord) => number | null): PlotPoint[] {
  return frames.map((record) => ({ x: record.timeSeconds, y: of(record) }));
}

function thresholdsOf(frames: readonly FrameRecord[]): { at: number; label: string }[] {
  return [...new Set(frames.map(({ threshold }) => threshold))].map((at) => ({
    at,
    label: `threshold ${at}`,
  }));
}

function eventSpans(frames: readonly FrameRecord[]): Span[] {
  return eventsOf(frames).map(({ from, to }, i) => ({ from, to, label: `event ${i + 1}`, tone: 'quiet' }));
}
