import type { EdgeFate, OutcomeName } from '@framegate/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addCloudCounts, cloudBalance, createCloudLedger } from './cloud-ledger.ts';
import { addEdgeCounts, createEdgeLedger, discarded, edgeBalance } from './edge-ledger.ts';
import { createFateRuns } from './fate-runs.ts';
import { createSeenFrames } from './seen-frames.ts';

const fates = fc.constantFrom<EdgeFate>(
  'stopped',
  'sampledOut',
  'published',
  'discarded:late',
  'discarded:busAway',
);
const outcomes = fc.constantFrom<OutcomeName>('analysed', 'superseded', 'expired', 'failed');

describe('the edge ledger', () => {
  it('balances at every moment, whatever becomes of the frames', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fates, fc.boolean())), (frames) => {
        const ledger = createEdgeLedger();
        for (const [fate, wasEncoding] of frames) {
          ledger.captured();
          if (wasEncoding) {
            ledger.encoding();
            expect(edgeBalance(ledger.counts())).toBe(0);
            ledger.encodedEnded(fate);
          } else ledger.ended(fate);
          expect(edgeBalance(ledger.counts())).toBe(0);
        }
        expect(ledger.counts().captured).toBe(frames.length);
      }),
    );
  });

  it('shows a frame that was captured and forgotten', () => {
    const ledger = createEdgeLedger();
    ledger.captured(3);
    ledger.ended('stopped', 2);
    expect(edgeBalance(ledger.counts())).toBe(1);
  });

  it('adds up over cameras, reasons of discarding among them', () => {
    const ledger = createEdgeLedger();
    ledger.captured(5);
    ledger.ended('discarded:late', 2);
    ledger.ended('discarded:busAway', 3);
    const sum = addEdgeCounts(ledger.counts(), ledger.counts());
    expect(sum.discarded).toEqual({ late: 4, busAway: 6 });
    expect(discarded(sum)).toBe(10);
  });

  it('gives a snapshot that later frames do not change', () => {
    const ledger = createEdgeLedger();
    const before = ledger.counts();
    ledger.captured();
    ledger.ended('discarded:late');
    expect(before.captured).toBe(0);
    expect(before.discarded).toEqual({});
  });
});

describe('the cloud ledger', () => {
  it('balances at every moment, with duplicates, refusals and every outcome', () => {
    const events = fc.oneof(fc.constant('duplicate' as const), fc.constant('quarantined' as const), outcomes);
    fc.assert(
      fc.property(fc.array(events), (sequence) => {
        const ledger = createCloudLedger();
        for (const event of sequence) {
          ledger.delivered();
          if (event === 'duplicate') ledger.duplicate();
          else if (event === 'quarantined') ledger.quarantined();
          else {
            ledger.received();
            expect(cloudBalance(ledger.counts())).toEqual({ delivered: 0, received: 0 });
            ledger.ended(event);
          }
          expect(cloudBalance(ledger.counts())).toEqual({ delivered: 0, received: 0 });
        }
        const doubled = addCloudCounts(ledger.counts(), ledger.counts());
        expect(doubled.delivered).toBe(2 * sequence.length);
      }),
    );
  });
});

describe('a frame that is handed back', () => {
  it('leaves the ledger as if it had not come', () => {
    const ledger = createCloudLedger();
    const before = ledger.counts();
    ledger.delivered();
    ledger.received();
    ledger.handedBack();
    expect(ledger.counts()).toEqual(before);
  });
});

describe('fate runs', () => {
  it('say of each frame what was said, in as few runs as can be', () => {
    fc.assert(
      fc.property(fc.array(fates, { maxLength: 60 }), fc.integer(), (sequence, seed) => {
        const runs = createFateRuns();
        const shuffled = sequence.map((fate, index) => ({ seq: index + 1, fate }));
        shuffled.sort((a, b) => ((a.seq * 31 + seed) % 7) - ((b.seq * 31 + seed) % 7));
        shuffled.forEach(({ seq, fate }) => runs.add(seq, fate));
        const taken = runs.take();
        const expanded = taken.flatMap(([from, to, fate]) =>
          Array.from({ length: to - from + 1 }, () => fate),
        );
        expect(expanded).toEqual(sequence);
        taken.slice(1).forEach((run, index) => expect(run[2]).not.toBe(taken[index]![2]));
        expect(runs.isEmpty).toBe(true);
      }),
    );
  });
});

describe('seen frames', () => {
  const frame = (seq: number) => ({ cameraId: 'a/b', epoch: 1, seq });

  it('knows a frame that comes again, and not one of another epoch or camera', () => {
    const seen = createSeenFrames();
    expect(seen.meet(frame(1))).toBe(false);
    expect(seen.meet(frame(1))).toBe(true);
    expect(seen.meet({ ...frame(1), epoch: 2 })).toBe(false);
    expect(seen.meet({ ...frame(1), cameraId: 'a/c' })).toBe(false);
  });

  it('remembers at least the last frames that it promised', () => {
    const seen = createSeenFrames(10);
    for (let seq = 1; seq <= 100; seq++) {
      seen.meet(frame(seq));
      for (let recent = Math.max(1, seq - 9); recent <= seq; recent++)
        expect(seen.meet(frame(recent))).toBe(true);
    }
  });

  it('meets a frame anew after it was handed back', () => {
    const seen = createSeenFrames();
    seen.meet(frame(1));
    seen.forget(frame(1));
    expect(seen.meet(frame(1))).toBe(false);
  });
});
