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
    wantedBefore: {},
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
        {
          atUs: 0,
          objectiveMs: 500,
          wantedServiceMs: new Map([['m', 1600]]),
          wantedBefore: {},
          isLate: false,
        },
      ).changes.map(({ lever }) => lever);
    expect([both(1), both(9)]).toEqual([['batch'], ['inference-workers']]);
  });

  it('takes workers away only after a minute in which fewer would have had room, whatever single turns say', () => {
    const levers = [
      { lever: 'inference-workers', scope: 'cloud', steps: [1, 2, 3, 4], settleSeconds: 10, cost: 4 },
    ] as const;
    const workersAfter = (wantedMs: readonly number[]): number[] => {
      let workers = 1;
      let wantedBefore: Readonly<Record<string, readonly number[]>> = {};
      return wantedMs.map((ms, index) => {
        const sample = { atUs: index * 10e6, objectiveMs: 500, wantedServiceMs: new Map([['m', ms]]) };
        const next = serviceLoop(
          { m: { ...pool, workers } },
          { ...declaration, levers },
          { ...sample, wantedBefore, isLate: false },
        );
        wantedBefore = next.wanted;
        return (workers = next.changes[0]?.to ?? workers);
      });
    };
    // Around what one worker can do: one change, not one each turn.
    expect(workersAfter([800, 900, 800, 900, 700, 900, 800, 800, 700, 900])).toEqual([
      1,
      ...Array(9).fill(2),
    ]);
    expect(workersAfter([3000, ...Array(8).fill(600)])).toEqual([4, 4, 4, 4, 4, 4, 4, 1, 1]);
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
    expect(after(300, { wantedLoad: 0, replicas: 1, least: 2 }), 'fewer than the least').toEqual({
      second: 30,
      replicas: 2,
    });
  });

  /** Replicas after each second, under a load in replicas that may differ from second to second. */
  const replicasUnder = (seconds: number, from: number, loadAt: (second: number) => number) => {
    let [state, replicas] = [restingReplicas, from];
    return Array.from({ length: seconds }, (_, second) => {
      const wantedLoad = loadAt(second) / replicas;
      const step = replicaLoop(state, { ...sample, replicas, wantedLoad, atUs: second * 1e6 }, 'controller');
      state = step.state;
      replicas = step.replicas ?? replicas;
      return replicas;
    });
  };

  it('comes down in time although single seconds look busy', () => {
    const seen = replicasUnder(300, 3, (second) => (second % 15 === 0 ? 1.5 : 0.25));
    expect(seen.at(-1)).toBe(1);
  });

  it('does not come down at the moment of a rise, and never goes to and fro under a steady noisy load', () => {
    const rising = replicasUnder(180, 2, (second) => (second < 119 ? 0.2 : 1.6));
    expect(Math.min(...rising)).toBe(2);
    const noisy = replicasUnder(3600, 4, (second) => 1.1 + 0.5 * Math.sin(second * 1.7));
    const changes = noisy.filter((replicas, second) => second > 0 && replicas !== noisy[second - 1]);
    expect(changes).toEqual([3, 2].slice(0, changes.length));
  });

  it('stays where the load fits, and within the range', () => {
    expect(after(300, { wantedLoad: 0.7 })).toBe(2);
    expect(after(300, { wantedLoad: 9 })).toEqual({ second: 30, replicas: 4 });
  });

  it('only says what it wants when another owns scaling', () => {
    expect(after(300, {}, 'hpa')).toBe(4);
  });
});
