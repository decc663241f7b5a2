import type { BusyTime, Mailbox, ServiceEstimate } from '@framegate/mailbox';
import type { Frame } from './frame.ts';
import type { ModelFigures } from './scenario.ts';

/** The frames of one model at one replica, and what became of them since the last tally. */
export interface InferenceLane {
  readonly figures: ModelFigures;
  readonly mailbox: Mailbox<Frame>;
  batch: number;
  allotted: number | undefined;
  readonly busy: BusyTime;
  /** When a frame of it was last taken. */
  servedAtUs: number;
  readonly service: ServiceEstimate;
  wakeUs: number;
  /** Of `busy`, by the last tally. */
  talliedBusyMs: number;
  counts: { received: number; analysed: number; superseded: number; expired: number };
}

/** What a lane did in a second. */
export interface InferenceTally {
  readonly model: string;
  readonly workers: number;
  readonly batch: number;
  readonly serviceMs: number;
  readonly busyShare: number;
  readonly mailboxDepth: number;
  readonly headAgeMs: number;
  readonly received: number;
  readonly analysed: number;
  readonly superseded: number;
  readonly expired: number;
}

/** Tells what happened since the last tally, and begins the next. */
export function takeTally(
  model: string,
  lane: InferenceLane,
  pool: number,
  sinceUs: number,
  nowUs: number,
): InferenceTally {
  const workers = Math.min(pool, lane.allotted ?? pool);
  const busyMs = lane.busy.totalMs();
  const tally = {
    model,
    workers,
    batch: lane.batch,
    serviceMs: lane.service.expectedMs() || Number.NaN,
    busyShare: Math.min(1, ((busyMs - lane.talliedBusyMs) * 1e3) / Math.max(1, workers * sinceUs)),
    mailboxDepth: lane.mailbox.size(),
    headAgeMs: (lane.mailbox.headAgeUs(nowUs) ?? 0) / 1e3,
    ...lane.counts,
  };
  lane.talliedBusyMs = busyMs;
  lane.counts.received = lane.counts.analysed = lane.counts.superseded = lane.counts.expired = 0;
  return tally;
}
