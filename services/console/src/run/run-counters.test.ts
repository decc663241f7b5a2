import type { EdgeTelemetry } from '@framegate/contracts';
import { emptyCloudCounts, emptyEdgeCounts } from '@framegate/frame-ledger';
import { expect, it } from 'vitest';
import { createRunCounters } from './run-counters.ts';

function told(epoch: number, captured: number): EdgeTelemetry {
  const counts = { ...emptyEdgeCounts(), captured, stopped: captured };
  const camera = {
    cameraId: 's/a',
    epoch,
    state: 'online' as const,
    reason: '',
    sourceWidth: 1,
    sourceHeight: 1,
    configVersion: 0,
    counts,
    publishedBytes: 0,
  };
  return { site: 's', instance: 'i', atUs: 0, cameras: [camera] };
}

it('counts what happened since the last look, not what had happened before the first', () => {
  const counters = createRunCounters();
  const cloud = { ...emptyCloudCounts(), analysed: 70 };
  counters.edge(told(1, 1000));
  expect(counters.take(cloud)).toMatchObject({ captured: 0, analysed: 0 });
  counters.edge(told(1, 1010));
  counters.edge(told(1, 1020));
  expect(counters.take({ ...cloud, analysed: 75, expired: 2 })).toMatchObject({
    captured: 20,
    stopped: 20,
    analysed: 5,
    passedOver: 2,
  });
  counters.edge(told(2, 3));
  counters.edge(told(2, 7));
  expect(counters.take(cloud)).toMatchObject({ captured: 4, analysed: 0 });
});
