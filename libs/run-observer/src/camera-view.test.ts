import type { CameraTelemetry } from '@framegate/contracts';
import { emptyEdgeCounts } from '@framegate/frame-ledger';
import { describe, expect, it } from 'vitest';
import { followCamera } from './camera-view.ts';
import { detectionOf } from '../test/detection-fixture.ts';

const second = 1e6;

function telemetry(captured: number, change: Partial<CameraTelemetry> = {}): CameraTelemetry {
  return {
    cameraId: 's/a',
    epoch: 1,
    state: 'online',
    reason: '',
    sourceWidth: 640,
    sourceHeight: 360,
    configVersion: 1,
    publishedBytes: 0,
    counts: { ...emptyEdgeCounts(), captured, stopped: captured * 0.75, published: captured * 0.25 },
    ...change,
  };
}

describe("a camera's view", () => {
  it('knows nothing before the first message', () => {
    const view = followCamera('s/a').view(0);
    expect(view).toMatchObject({ state: 'connecting', capturedPerSecond: 0, objects: {} });
    expect([view.gatedShare, view.ageP50Ms, view.ageP95Ms]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });

  it('gives rates over the last readings and the share that the gate stopped', () => {
    const camera = followCamera('s/a');
    for (let i = 0; i <= 10; i++) camera.telemetry(telemetry(i * 20), i * second, 0);
    expect(camera.view(10 * second)).toMatchObject({
      capturedPerSecond: 20,
      publishedPerSecond: 5,
      gatedShare: 0.75,
    });
  });

  it('has no negative rate after a camera began a new epoch', () => {
    const camera = followCamera('s/a');
    camera.telemetry(telemetry(1000), 0, 0);
    camera.telemetry(telemetry(8, { epoch: 2 }), second, 0);
    expect(camera.view(second).capturedPerSecond).toBe(0);
    camera.telemetry(telemetry(28, { epoch: 2 }), 2 * second, 0);
    expect(camera.view(2 * second).capturedPerSecond).toBe(20);
  });

  it('counts the objects of the newest frame by class, while that is recent', () => {
    const camera = followCamera('s/a');
    camera.detection(detectionOf({ seq: 2, capturedAtUs: second, classes: ['person', 'car', 'person'] }));
    camera.detection(detectionOf({ seq: 1, capturedAtUs: 0, classes: ['dog'] }));
    expect(camera.view(2 * second).objects).toEqual({ person: 2, car: 1 });
    expect(camera.view(5 * second).objects).toEqual({});
  });

  it('takes ages from live frames only, and from the last hundred', () => {
    const camera = followCamera('s/a');
    camera.detection(detectionOf({ seq: 1, kind: 'keepalive', latencyMs: 9000 }));
    for (let i = 0; i < 50; i++) camera.detection(detectionOf({ seq: 2 + i, latencyMs: 9000 }));
    for (let i = 0; i < 100; i++) camera.detection(detectionOf({ seq: 52 + i, latencyMs: i + 1 }));
    expect(camera.view(0)).toMatchObject({ ageP50Ms: 50, ageP95Ms: 95 });
  });
});
