import { createCloudLedger, createEdgeLedger } from '@framegate/frame-ledger';
import { describe, expect, it } from 'vitest';
import { analysisLedger } from './analysis-ledger.ts';

function counts({
  captured,
  published,
  analysed,
}: {
  captured: number;
  published: number;
  analysed: number;
}) {
  const [edge, cloud] = [createEdgeLedger(), createCloudLedger()];
  edge.captured(captured);
  edge.ended('published', published);
  edge.ended('stopped', captured - published);
  for (let frame = 0; frame < analysed; frame++) {
    cloud.delivered();
    cloud.received();
    cloud.ended('analysed');
  }
  return { edge: edge.counts(), cloud: cloud.counts() };
}

describe('the ledger of an analysis', () => {
  it('adds up what became of the frames of all recordings', () => {
    const ledger = analysisLedger([
      counts({ captured: 10, published: 4, analysed: 4 }),
      counts({ captured: 5, published: 5, analysed: 5 }),
    ]);
    expect(ledger).toMatchObject({
      edge: { captured: 15, stopped: 6, published: 9 },
      bus: { onBus: 0 },
      cloud: { received: 9, analysed: 9 },
      balanced: true,
    });
  });

  it('does not balance when a frame was sent and never looked at', () => {
    const ledger = analysisLedger([counts({ captured: 10, published: 4, analysed: 3 })]);
    expect(ledger).toMatchObject({ bus: { onBus: 1 }, balanced: false });
  });
});
