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

  it('cuts nothing for what a model took when workers were slow, once they are fast and cameras go back to it', () => {
    const slowed = scenarioOf({
      name: 'slowed',
      title: 'inference takes 80 times as long for 100 s',
      durationSeconds: 300,
      cameras: camerasOf(4),
      disturbances: [{ kind: 'inference-slow', factor: 80, atSeconds: 60, untilSeconds: 160 }],
    });
    for (const seed of [5, 6, 7]) {
      const { decisions } = ours?.run(slowed, seed) ?? { decisions: [] };
      const cuts = decisions
        .filter(({ cause }) => cause === 'inference-compute')
        .map(({ atUs }) => atUs / 1e6);
      expect(cuts.filter((at) => at < 160)).not.toEqual([]);
      expect(cuts.filter((at) => at > 170)).toEqual([]);
    }
  });

  it('leaves room for a slower model before it goes to it, in place of cutting a second later', () => {
    const slowed = scenarioOf({
      name: 'slowed',
      title: 'inference takes three times as long for 100 s',
      durationSeconds: 160,
      cameras: camerasOf(4),
      sites: [siteOf('north', 40)],
      disturbances: [{ kind: 'inference-slow', factor: 3, atSeconds: 60 }],
    });
    for (const seed of [5, 6, 7]) {
      const { decisions } = ours?.run(slowed, seed) ?? { decisions: [] };
      const cuts = decisions.filter(({ cause }) => cause === 'inference-compute');
      const climbs = decisions.filter(
        ({ cause, reason }) => cause === 'recovered' && reason.includes('medium to large'),
      );
      expect(cuts.length).toBeGreaterThan(0);
      for (const { atUs } of climbs)
        expect(cuts.filter((cut) => cut.atUs > atUs && cut.atUs < atUs + 2e6)).toEqual([]);
    }
  });
});
