import type { EdgeCounts, EdgeFate, EventMessage, FateRun } from '@framegate/contracts';
import { edgeFatesEvent } from '@framegate/contracts';
import type { EdgeLedger } from '@framegate/frame-ledger';
import { createEdgeLedger, createFateRuns } from '@framegate/frame-ledger';

/** Runs in one record: an hour of fates is too much for one message. */
const maxRuns = 5000;

/** The books of one camera's epoch: what its frames came to, and what of that is still to be told. */
export interface EpochAccount {
  readonly cameraId: string;
  readonly epoch: number;
  readonly ledger: Pick<EdgeLedger, 'captured' | 'encoding' | 'holding'>;
  counts(): EdgeCounts;
  publishedBytes(): number;
  /** Fates of frames that were never on their way. */
  ended(runs: readonly FateRun[]): void;
  /** The fate of a frame that was on its way. @param bytes of its picture, when the bus has it */
  encodedEnded(seq: number, fate: EdgeFate, bytes?: number): void;
  /** A frame that was on its way is in the spool. */
  spooled(seq: number): void;
  /** A frame of an earlier process is in the spool. */
  found(seq: number): void;
  /** The fate of a frame that was in the spool. */
  spooledEnded(seq: number, fate: EdgeFate, bytes?: number): void;
  /** Messages with all that was not told yet. @param final no frame of the epoch is under way any more */
  untold(atUs: number, final: boolean): EventMessage[];
}

/** @param firstRecord number of its first record; a process that tells of an earlier one's epoch begins far above */
export function createEpochAccount(
  { cameraId, epoch }: Pick<EpochAccount, 'cameraId' | 'epoch'>,
  onFate: (fate: EdgeFate, frames: number) => void,
  firstRecord = 1,
): EpochAccount {
  const ledger = createEdgeLedger();
  const fates = createFateRuns();
  const spooled = createFateRuns<'spooled'>();
  let record = firstRecord;
  let publishedBytes = 0;

  const end = (seq: number, fate: EdgeFate, bytes: number): void => {
    fates.add(seq, fate);
    publishedBytes += bytes;
    onFate(fate, 1);
  };
  return {
    cameraId,
    epoch,
    ledger,
    counts: ledger.counts,
    publishedBytes: () => publishedBytes,
    ended(runs) {
      for (const [from, to, fate] of runs) {
        ledger.ended(fate, to - from + 1);
        onFate(fate, to - from + 1);
        for (let seq = from; seq <= to; seq++) fates.add(seq, fate);
      }
    },
    encodedEnded(seq, fate, bytes = 0) {
      ledger.encodedEnded(fate);
      end(seq, fate, bytes);
    },
    spooled(seq) {
      ledger.encodedSpooled();
      spooled.add(seq, 'spooled');
    },
    found(seq) {
      ledger.captured();
      ledger.spooled();
      spooled.add(seq, 'spooled');
    },
    spooledEnded(seq, fate, bytes = 0) {
      ledger.spooledEnded(fate);
      end(seq, fate, bytes);
    },
    untold(atUs, final) {
      if (fates.isEmpty && spooled.isEmpty && !final) return [];
      const runs = inParts(fates.take());
      const onDisk = inParts(spooled.take().map(([from, to]): [number, number] => [from, to]));
      const records = Math.max(1, runs.length, onDisk.length);
      return Array.from({ length: records }, (_, i) =>
        edgeFatesEvent.encode({
          cameraId,
          epoch,
          record: record++,
          runs: runs[i] ?? [],
          ...(onDisk[i] && { spooled: onDisk[i] }),
          final: final && i + 1 === records,
          atUs,
        }),
      );
    },
  };
}

function inParts<T>(runs: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(runs.length / maxRuns) }, (_, i) =>
    runs.slice(i * maxRuns, (i + 1) * maxRuns),
  );
}
