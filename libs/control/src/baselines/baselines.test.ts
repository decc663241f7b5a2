import { describe, expect, it } from 'vitest';
import { createPipeline, declaration, steer } from '../../test/pipeline-fixture.ts';
import { createBaselines } from './baselines.ts';

const load = ({ rungs }: ReturnType<typeof createPipeline>) =>
  [...rungs.values()].reduce((sum, { framesPerSecond, width }) => sum + framesPerSecond * width ** 1.5, 0);
const adaptive = ['threshold-skipping', 'aimd-rate', 'pi-latency', 'awstream', 'mpc-5s'];

describe.each(adaptive)('the baseline %s', (name) => {
  const policy = () => {
    const found = createBaselines(declaration, new Map()).find((one) => one.name === name);
    if (!found) throw new RangeError(`there is no baseline ${name}`);
    return found;
  };

  it('sends less while the uplink is too narrow, and more again when it is wide', () => {
    const own = policy();
    const pipeline = createPipeline(3, 6e6);
    const { state } = steer(own, pipeline, 10);
    const before = load(pipeline);
    pipeline.uplinkBytesPerSecond = 1.5e6;
    const narrow = steer(own, pipeline, 20, state);
    const during = load(pipeline);
    expect(during).toBeLessThan(0.8 * before);
    pipeline.uplinkBytesPerSecond = 20e6;
    steer(own, pipeline, 200, narrow.state);
    expect(load(pipeline)).toBeGreaterThan(1.2 * during);
  });
});

describe('the static baselines', () => {
  it('stay where they are', () => {
    for (const name of ['static-high', 'static-low']) {
      const policy = createBaselines(declaration, new Map()).find((one) => one.name === name)!;
      const { steps } = steer(policy, createPipeline(2, 1e6), 20);
      expect(steps.slice(1).flatMap(({ actions }) => actions)).toEqual([]);
    }
  });
});
