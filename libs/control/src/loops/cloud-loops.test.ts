import { describe, expect, it } from 'vitest';
import { declaration } from '../../test/pipeline-fixture.ts';
import type { ComputeCapacity } from '../capacity/compute-capacity.ts';
import { replicaLoop, restingReplicas } from './replica-loop.ts';
import type { ReplicaSample } from './replica-loop.ts';
import { serviceLoop } from './service-loop.ts';

const pool: ComputeCapacity = {
  workers: 2,
  batch: 2,
  frameMs: 40,
  serviceMs: 60,
  busyShare: 0.5,
  analysed: 20,
  instances: 1,
};
const turn = (change: Partial<ComputeCapacity>, wantedMs: number, isLate = false) =>
  serviceLoop({ m: { ...pool, ...change } }, declaration, {
    atUs: 0,
    objectiveMs: 500,
    wantedServiceMs: new Map([['m', wantedMs]]),
    isLate,
  }).changes.map(({ action }) => action);

describe('the service loop', () => {
  it('takes the next larger batch while the workers are asked for more than they can do', () => {
    expect(turn({}, 3000)).toEqual([{ kind: 'set-batch', model: 'm', batch: 4 }]);
    expect(turn({}, 1000)).toEqual([]);
  });

  it('asks for no batch that the model does not take', () => {
    expect(turn({ batch: 1, serviceMs: 40, maxBatch: 1 }, 3000)).toEqual([]);
    expect(turn({ maxBatch: 4 }, 3000)).toEqual([{ kind: 'set-batch', model: 'm', batch: 4 }]);
    expect(turn({ maxBatch: 3 }, 3000)).toEqual([]);
  });

  it('takes the cheaper of two remedies by their declared costs', () => {
    const both = (batchCost: number) =>
      serviceLoop(
        { m: { ...pool, workers: 1 } },
        {
          ...declaration,
          levers: [
            { lever: 'batch', scope: 'cloud', steps: [1, 2, 4], settleSeconds: 5, cost: batchCost },
            { lever: 'inference-workers', scope: 'cloud', steps: [1, 2], settleSeconds: 10, cost: 4 },
          ],
        },
        { atUs: 0, objectiveMs: 500, wantedServiceMs: new Map([['m', 1600]]), isLate: false },
      ).changes.map(({ lever }) => lever);
    expect([both(1), both(9)]).toEqual([['batch'], ['inference-workers']]);
  });

  it('halves the batch while results are late and a batch takes long, and takes none that would be too long', () => {
    expect(turn({ serviceMs: 300 }, 3000, true)).toEqual([{ kind: 'set-batch', model: 'm', batch: 1 }]);
    expect(turn({ serviceMs: 150 }, 3000)).toEqual([]);
  });
});

describe('the replica loop', () => {
  const sample: ReplicaSample = {
    atUs: 0,
    replicas: 2,
    wantedLoad: 1.5,
    saturation: 0,
    least: 1,
    most: 4,
    settleSeconds: 10,
  };
  const after = (
    seconds: number,
    change: Partial<ReplicaSample>,
    owner: 'controller' | 'hpa' = 'controller',
  ) => {
    let state = restingReplicas;
    for (let second = 0; second <= seconds; second += 1) {
      const step = replicaLoop(state, { ...sample, ...change, atUs: second * 1e6 }, owner);
      if (step.replicas !== null) return { second, replicas: step.replicas };
      state = step.state;
    }
    return state.wanted;
  };

  it('goes up after 30 s and down after 120 s', () => {
    expect(after(300, {})).toEqual({ second: 30, replicas: 4 });
    expect(after(300, { wantedLoad: 0.1 })).toEqual({ second: 120, replicas: 1 });
  });

  it('stays where the load fits, and within the range', () => {
    expect(after(300, { wantedLoad: 0.7 })).toBe(2);
    expect(after(300, { wantedLoad: 9 })).toEqual({ second: 30, replicas: 4 });
  });

  it('only says what it wants when another owns scaling', () => {
    expect(after(300, {}, 'hpa')).toBe(4);
  });
});
