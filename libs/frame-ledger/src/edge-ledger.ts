import type { EdgeCounts, EdgeFate } from '@framegate/contracts';

const discardedPrefix = 'discarded:';

/**
 * Counts one camera's frames at the edge. Each frame is captured once and has one final fate;
 * between the two it may be held, spooled or encoding. `counts()` is the sum of what happened,
 * each kind counted on its own, so that `edgeBalance` really checks something.
 */
export interface EdgeLedger {
  captured(frames?: number): void;
  /** The frame passed the gate and is on its way to the broker. */
  encoding(): void;
  /** A final fate of a frame that never was on its way. */
  ended(fate: EdgeFate, frames?: number): void;
  /** A final fate of a frame that was on its way. */
  encodedEnded(fate: EdgeFate): void;
  /** A frame is on the disk that was never on its way. */
  spooled(): void;
  /** A frame that was on its way is on the disk. */
  encodedSpooled(): void;
  /** A final fate of a frame that was on the disk. */
  spooledEnded(fate: EdgeFate): void;
  /** How many captured frames are held back now, for a pre-roll. */
  holding(frames: number): void;
  counts(): EdgeCounts;
}

export function createEdgeLedger(): EdgeLedger {
  const counts = emptyEdgeCounts();
  const end = (fate: EdgeFate, frames: number): void => {
    if (isKept(fate)) {
      counts[fate] += frames;
      return;
    }
    const reason = fate.slice(discardedPrefix.length);
    counts.discarded[reason] = (counts.discarded[reason] ?? 0) + frames;
  };
  return {
    captured: (frames = 1) => void (counts.captured += frames),
    encoding: () => void (counts.encoding += 1),
    ended: (fate, frames = 1) => end(fate, frames),
    encodedEnded: (fate) => {
      counts.encoding -= 1;
      end(fate, 1);
    },
    spooled: () => void (counts.spooled += 1),
    encodedSpooled: () => {
      counts.encoding -= 1;
      counts.spooled += 1;
    },
    spooledEnded: (fate) => {
      counts.spooled -= 1;
      end(fate, 1);
    },
    holding: (frames) => void (counts.held = frames),
    counts: () => ({ ...counts, discarded: { ...counts.discarded } }),
  };
}

function isKept(fate: EdgeFate): fate is Exclude<EdgeFate, `discarded:${string}`> {
  return !fate.startsWith(discardedPrefix);
}

export function emptyEdgeCounts(): EdgeCounts {
  return {
    captured: 0,
    stopped: 0,
    sampledOut: 0,
    published: 0,
    backfilled: 0,
    spooled: 0,
    held: 0,
    encoding: 0,
    discarded: {},
  };
}

export function addEdgeCounts(a: EdgeCounts, b: EdgeCounts): EdgeCounts {
  const byReason = { ...a.discarded };
  for (const [reason, frames] of Object.entries(b.discarded)) {
    byReason[reason] = (byReason[reason] ?? 0) + frames;
  }
  return {
    captured: a.captured + b.captured,
    stopped: a.stopped + b.stopped,
    sampledOut: a.sampledOut + b.sampledOut,
    published: a.published + b.published,
    backfilled: a.backfilled + b.backfilled,
    spooled: a.spooled + b.spooled,
    held: a.held + b.held,
    encoding: a.encoding + b.encoding,
    discarded: byReason,
  };
}

/** Captured less everything that is known of the frames: 0 when the ledger balances. */
export function edgeBalance(counts: EdgeCounts): number {
  const { captured, stopped, sampledOut, published, backfilled, spooled, held, encoding } = counts;
  return (
    captured - (stopped + sampledOut + published + backfilled + spooled + held + encoding + discarded(counts))
  );
}

export function discarded(counts: EdgeCounts): number {
  return Object.values(counts.discarded).reduce((sum, frames) => sum + frames, 0);
}
