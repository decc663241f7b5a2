import type { EdgeCounts, EdgeFate, OutcomeName } from '@framegate/contracts';
import { createEdgeLedger } from './edge-ledger.ts';
import { createFateRuns } from './fate-runs.ts';

/** 100 frames a second for a day and more: a higher number is a mistake or a lie, and would be counted for hours. */
export const maxFramesOfEpoch = 10_000_000;

/** What the topics tell of one epoch of a camera. */
export interface Epoch {
  readonly fates: Map<number, EdgeFate>;
  /** Frames that were put on the site's disk; those without a fate are still there. */
  readonly spooled: Set<number>;
  maxSeq: number;
  final: boolean;
}

/** Frames of one epoch of which nothing tells what became of them. */
export interface UnknownFrames {
  /** Camera and epoch. */
  readonly epoch: string;
  /** Inclusive. */
  readonly runs: readonly (readonly [fromSeq: number, toSeq: number])[];
  /** The highest that shows anywhere; runs that end right below it were under way at the crash. */
  readonly lastSeq: number;
}

export interface EdgeAudit {
  readonly edge: EdgeCounts;
  /** Frames that a broker must have had. */
  readonly sent: Set<string>;
  readonly unknownAtCrash: number;
  readonly unknownFrames: readonly UnknownFrames[];
}

/** Every seq from 1 to the highest that shows anywhere was captured; what shows nowhere is unknown. */
export function auditEdge(
  epochs: ReadonlyMap<string, Epoch>,
  onTopic: ReadonlyMap<string, 'published' | 'backfilled'>,
  outcomes: ReadonlyMap<string, OutcomeName>,
  complaints: string[],
): EdgeAudit {
  const ledger = createEdgeLedger();
  const sent = new Set<string>();
  const unknownFrames: UnknownFrames[] = [];
  let unknownAtCrash = 0;
  for (const [key, epoch] of epochs) {
    if (epoch.maxSeq > maxFramesOfEpoch) {
      complaints.push(`${key} claims ${epoch.maxSeq} frames: more than an epoch can hold; not audited`);
      continue;
    }
    const unknown = createFateRuns<'unknown'>();
    for (let seq = 1; seq <= epoch.maxSeq; seq++) {
      const id = `${key}/${seq}`;
      const fate = epoch.fates.get(seq);
      const carried = onTopic.has(id) || outcomes.has(id);
      if (carried || isSent(fate)) sent.add(id);
      ledger.captured();
      const isSpooled = epoch.spooled.has(seq);
      if (carried && !isSent(fate)) ledger.ended(onTopic.get(id) ?? 'published');
      else if (fate !== undefined) ledger.ended(fate);
      else if (isSpooled) ledger.spooled();
      else {
        unknownAtCrash += 1;
        unknown.add(seq, 'unknown');
      }
      if (fate === undefined && !isSpooled && !carried && epoch.final)
        complaints.push(`${id} has no fate in an epoch that ended well`);
      if (carried && contradictsCarriage(fate)) complaints.push(`${id} was ${fate} and is on its topic`);
    }
    const runs = unknown.take().map(([from, to]) => [from, to] as const);
    if (runs.length > 0) unknownFrames.push({ epoch: key, runs, lastSeq: epoch.maxSeq });
  }
  return { edge: ledger.counts(), sent, unknownAtCrash, unknownFrames };
}

export function isSent(fate: EdgeFate | undefined): boolean {
  return fate === 'published' || fate === 'backfilled';
}

/** A frame that a killed site had sent already is found in its spool once more: it may be sent again, or dropped there. */
export function mayFollow(before: EdgeFate, next: EdgeFate): boolean {
  return isSent(before) ? isSent(next) || isOfSpool(next) : isOfSpool(before) && isSent(next);
}

/** A send whose acknowledgement never came may have arrived all the same, also when the frame was then spooled. */
function contradictsCarriage(fate: EdgeFate | undefined): boolean {
  return fate !== undefined && !isSent(fate) && fate !== 'discarded:unacknowledged' && !isOfSpool(fate);
}

function isOfSpool(fate: EdgeFate): boolean {
  return fate.startsWith('discarded:spool');
}
