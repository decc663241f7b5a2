import type { CameraView } from '@framegate/run-observer';
import { describe, expect, it } from 'vitest';
import { intentOf } from '../../test/frames-fixture.ts';
import { followExistingCameras } from './existing-cameras.ts';

const second = (seconds: number): number => seconds * 1e6;
const view = (cameraId: string, heardAtUs: number): CameraView => ({
  cameraId,
  heardAtUs,
  state: 'online',
  reason: '',
  capturedPerSecond: 0,
  gatedShare: 0,
  publishedPerSecond: 0,
  objects: {},
  ageP50Ms: 0,
  ageP95Ms: 0,
  spooled: 0,
});

function cameras() {
  const intents = new Map([['north/gate', intentOf('north/gate')]]);
  const views = new Map<string, CameraView>();
  const announced = new Map<string, readonly string[]>();
  const now = { us: 0 };
  const existing = followExistingCameras({
    directory: { intents },
    run: { cameras: () => [...views.values()] },
    sites: { camerasOf: (site) => announced.get(site) },
    nowUs: () => now.us,
  });
  return { intents, views, announced, now, existing };
}

describe('the cameras that there are', () => {
  it('are those of which something is wanted, however silent, and those that tell', () => {
    const { views, now, existing } = cameras();
    now.us = second(1000);
    views.set('north/door', view('north/door', second(990)));
    expect(existing()).toEqual(['north/door', 'north/gate']);
  });

  it('are no more those of whose site the last word does not name them', () => {
    const { announced, intents, views, existing } = cameras();
    intents.set('south/yard', intentOf('south/yard'));
    views.set('north/door', view('north/door', 0));
    announced.set('north', ['north/door']);
    expect(existing()).toEqual(['north/door', 'south/yard']);
  });

  it('are no more those of which nothing is wanted any more, once they have fallen silent', () => {
    const { intents, views, now, existing } = cameras();
    views.set('north/gate', view('north/gate', second(100)));
    intents.delete('north/gate');
    now.us = second(101);
    expect(existing()).toEqual(['north/gate']);
    now.us = second(131);
    expect(existing()).toEqual([]);
  });
});
