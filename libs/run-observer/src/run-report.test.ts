import { emptyCloudCounts, emptyEdgeCounts } from '@framegate/frame-ledger';
import { describe, expect, it } from 'vitest';
import { runLedger } from './run-report.ts';

const edge = { ...emptyEdgeCounts(), captured: 10, stopped: 4, published: 5, discarded: { late: 1 } };
const cloud = { ...emptyCloudCounts(), delivered: 5, duplicates: 1, received: 4, analysed: 3, superseded: 1 };

describe('the ledger of a run', () => {
  it('balances when each sum does, and takes what was published and not received as on the bus', () => {
    expect(runLedger(edge, cloud)).toEqual({
      edge,
      bus: { onBus: 1, expiredOnBus: 0 },
      cloud,
      unknownAtCrash: 0,
      balanced: true,
    });
  });

  it('does not balance after a drain while a published frame is nowhere', () => {
    expect(runLedger(edge, cloud, true).balanced).toBe(false);
    const all = { ...cloud, delivered: 6, received: 5, analysed: 4 };
    expect(runLedger(edge, all, true).balanced).toBe(true);
  });

  it.each([
    ['a captured frame without fate', { ...edge, captured: 11 }, cloud],
    ['a frame with two fates at the edge', { ...edge, stopped: 5 }, cloud],
    ['a delivery that is nowhere', edge, { ...cloud, delivered: 6 }],
    ['a received frame without outcome', edge, { ...cloud, delivered: 6, received: 5 }],
    ['more frames received than published', { ...edge, published: 3, stopped: 6 }, cloud],
  ])('does not balance with %s', (_what, edgeCounts, cloudCounts) => {
    expect(runLedger(edgeCounts, cloudCounts).balanced).toBe(false);
  });
});
