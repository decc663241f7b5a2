import type { CameraTelemetry } from '@framegate/contracts';
import { emptyEdgeCounts } from '@framegate/frame-ledger';
import { createMetrics } from '@framegate/service-kit';
import { describe, expect, it } from 'vitest';
import { createEdgeMetrics } from './metrics.ts';

const cameras = 600;

function telemetryOf(index: number): CameraTelemetry {
  return {
    cameraId: `north/c${index}`,
    epoch: 1,
    state: index === 0 ? 'offline' : 'online',
    reason: '',
    sourceWidth: 0,
    sourceHeight: 0,
    configVersion: 0,
    counts: { ...emptyEdgeCounts(), captured: 3, stopped: 2, held: 1 },
    publishedBytes: 0,
  };
}

describe('the metrics of a site with more cameras than may have series of their own', () => {
  const metrics = createMetrics({ processMetrics: false });
  const edge = createEdgeMetrics(metrics, 'north');
  const told = Array.from({ length: cameras }, (_, index) => telemetryOf(index));
  edge.telemetry({ site: 'north', instance: 'a', atUs: 0, cameras: told });
  for (const { cameraId } of told) {
    edge.fate(cameraId, 'stopped', 2);
    edge.online(cameraId, true);
  }
  edge.fate('north/c1', 'discarded:busAway', 4);
  const seriesOf = async (name: string): Promise<string[]> =>
    (await metrics.registry.metrics()).split('\n').filter((line) => line.startsWith(`framegate_${name}{`));

  it('count the rest together as other', async () => {
    const fates = await seriesOf('edge_frames_total');
    expect(fates).toContain('framegate_edge_frames_total{site="north",camera="north/c499",fate="stopped"} 2');
    expect(fates).toContain('framegate_edge_frames_total{site="north",camera="other",fate="stopped"} 200');
    expect(fates).toHaveLength(502);
  });

  it('sum the ledgers of the rest, so that they still balance', async () => {
    const ledger = (await seriesOf('edge_ledger_frames')).filter((line) => line.includes('"other"'));
    expect(ledger).toContain(
      'framegate_edge_ledger_frames{site="north",camera="other",entry="captured"} 300',
    );
    expect(ledger).toContain('framegate_edge_ledger_frames{site="north",camera="other",entry="stopped"} 200');
    expect(ledger).toContain('framegate_edge_ledger_frames{site="north",camera="other",entry="held"} 100');
  });

  it('leave states out that can not be added up, and count all of them by state', async () => {
    expect(await seriesOf('camera_online')).toHaveLength(500);
    expect(await seriesOf('cameras')).toContain('framegate_cameras{site="north",state="online"} 599');
    expect(await seriesOf('cameras')).toContain('framegate_cameras{site="north",state="offline"} 1');
  });

  it('name the stage and the reason of a frame that was given up', async () => {
    expect(await seriesOf('edge_stage_errors_total')).toEqual([
      'framegate_edge_stage_errors_total{site="north",stage="publish",reason="busAway"} 4',
    ]);
  });
});
