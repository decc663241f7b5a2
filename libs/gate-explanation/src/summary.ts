import type { Suppression } from '@framegate/motion-detection';
import type { BusyArea } from './busiest-area.ts';
import { busiestArea } from './busiest-area.ts';
import type { FrameRecord } from './frame-record.ts';
import { strongestOf } from './moments.ts';
import type { Stretch } from './stretches.ts';
import { causesOf, eventsOf } from './stretches.ts';
import type { WatchedRecording } from './watch-recording.ts';

/** What a recording comes to. */
export interface ExplanationSummary {
  readonly frames: number;
  readonly seconds: number;
  /** Frames with motion. */
  readonly passed: number;
  readonly events: number;
  readonly suppressed: readonly { readonly cause: Suppression; readonly frames: number }[];
  /** Median of the gate's noise level once it has settled, brightness levels. */
  readonly noise: number;
  /** The highest score that was not motion, and what held it back; what belongs to an event's ends is left out. */
  readonly nearest: Pick<FrameRecord, 'timeSeconds' | 'score' | 'threshold' | 'suppressed'> | null;
  /** Events that lasted less than half a second. */
  readonly shortEvents: number;
  readonly busiest: BusyArea | null;
}

const shortEventSeconds = 0.5;
/** So close to an event a weaker change is its beginning or its end. */
const eventEdgeSeconds = 1;

export function summarise({ frames, width, height }: WatchedRecording): ExplanationSummary {
  const settled = frames.filter(({ suppressed }) => suppressed !== 'settling');
  const events = eventsOf(frames);
  const nearest = strongestOf(settled.filter((record) => !isNear(record, events)));
  return {
    frames: frames.length,
    seconds: secondsOf(frames),
    passed: frames.filter(({ motion }) => motion).length,
    events: events.length,
    suppressed: causesOf(frames),
    noise: settled.map(({ noise }) => noise).toSorted((a, b) => a - b)[settled.length >> 1] ?? 0,
    nearest: nearest && nearest.score > 0 ? pick(nearest) : null,
    shortEvents: events.filter(({ from, to }) => to - from < shortEventSeconds).length,
    busiest: busiestArea(frames, { width, height }) ?? null,
  };
}

function isNear({ timeSeconds: at }: FrameRecord, events: readonly Stretch[]): boolean {
  return events.some(({ from, to }) => at >= from - eventEdgeSeconds && at <= to + eventEdgeSeconds);
}

/** The last frame lasts as long as one does on average. */
function secondsOf(frames: readonly FrameRecord[]): number {
  const span = (frames.at(-1)?.timeSeconds ?? 0) - (frames[0]?.timeSeconds ?? 0);
  return frames.length < 2 ? 0 : (span * frames.length) / (frames.length - 1);
}

function pick({ timeSeconds, score, threshold, suppressed }: FrameRecord): ExplanationSummary['nearest'] {
  return { timeSeconds, score, threshold, suppressed };
}
