import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ToldLedger } from '../../../src/protocol/ledger.ts';
import type { Place } from './flows.ts';
import { flowsOf } from './flows.ts';
import { layOut } from './sankey.ts';

const count = fc.nat(1_000_000);
const ledger: fc.Arbitrary<ToldLedger> = fc
  .record({ stopped: count, sampledOut: count, held: count, encoding: count, spooled: count, late: count, onBus: count, quarantined: count, analysed: count, superseded: count, expired: count, failed: count, inFlight: count })
  .map((c) => {
    const received = c.analysed + c.superseded + c.expired + c.failed + c.inFlight;
    const published = received + c.quarantined + c.onBus;
    const atSite = c.stopped + c.sampledOut + c.held + c.encoding + c.spooled + c.late;
    const { stopped, sampledOut, held, encoding, spooled, onBus, quarantined, analysed, superseded, expired, failed, inFlight } = c;
    return {
      edge: { captured: atSite + published, stopped, sampledOut, held, encoding, spooled, published, backfilled: 0, discarded: { late: c.late } },
      bus: { onBus, expiredOnBus: 0 },
      cloud: { delivered: received + quarantined, duplicates: 0, received, quarantined, analysed, superseded, expired, failed, inFlight },
      balanced: true,
    };
  }); // prettier-ignore
const options = { width: 900, fullHeight: 300, nodeWidth: 12, labelHeight: 34, labelWidth: 150 };

describe('the diagram of the ledger', () => {
  it('loses no frame on the way from one place to the next', () => {
    const lost = (place: Place): number =>
      place.to.length === 0
        ? 0
        : place.count - place.to.reduce((sum, next) => sum + next.count - lost(next), 0);
    const balances = fc.property(ledger, (told) => lost(flowsOf(told)) === 0);
    expect(() => fc.assert(balances)).not.toThrow();
  });

  it('draws no two places over each other, and all of them within its size', () => {
    fc.assert(
      fc.property(ledger, (told) => {
        const { nodes, height } = layOut(flowsOf(told), options);
        for (const [x, column] of Map.groupBy(nodes, (node) => node.x)) {
          expect(x).toBeLessThanOrEqual(options.width - options.labelWidth);
          const sorted = column.toSorted((a, b) => a.y - b.y);
          for (const [index, node] of sorted.entries()) {
            expect(node.y + node.height).toBeLessThanOrEqual(height);
            const next = sorted[index + 1];
            if (next) expect(next.y - node.y).toBeGreaterThanOrEqual(options.labelHeight);
          }
        }
      }),
    );
  });
});
