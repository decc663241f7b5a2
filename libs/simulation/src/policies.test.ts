import { describe, expect, it } from 'vitest';
import { contenders } from './policies.ts';
import { camerasOf, scenarioOf, siteOf } from './scenario-parts.ts';

const ours = contenders.find(({ kind }) => kind === 'ours');

describe('our controller', () => {
  it('follows a wide and near link that falls to a two-hundredth, where hardly a frame comes in time to tell of it', () => {
    const fallen = scenarioOf({
      name: 'fallen',
      title: 'an uplink of 240 Mbit/s without delay carries 1.2 from 80 s on',
      durationSeconds: 120,
      sites: [siteOf('north', 240, { uplink: { bitsPerSecond: 240e6, delayMs: 0.3 } })],
      cameras: camerasOf(4),
      disturbances: [{ kind: 'uplink-narrow', factor: 0.005, atSeconds: 80 }],
    });
    for (const seed of [5, 6])
      expect(ours?.run(fallen, seed).totals.recoverySeconds[0]).toBeLessThanOrEqual(5);
  });
});
