import { defaultDeclaration } from '@framegate/control';
import { ConfigError } from '@framegate/service-kit';
import { describe, expect, it } from 'vitest';
import { openScaling } from './open-scaling.ts';
import { withReplicas } from './scaling.ts';

const settings = {
  partitions: 4,
  scalingOwner: 'none',
  scalingTarget: undefined,
  scalingNamespace: undefined,
  scalingKubeconfig: undefined,
  scalingMin: 1,
  scalingMax: undefined,
} as const;

function mistakesOf(change: Partial<Parameters<typeof openScaling>[0]>): readonly string[] {
  try {
    openScaling({ ...settings, ...change }, {});
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
  return [];
}

describe('who scales', () => {
  it('is nobody by default, and another owner needs no access to a cluster', () => {
    expect(openScaling(settings, {})).toEqual({ owner: 'none', least: 1, most: 4 });
    expect(openScaling({ ...settings, scalingOwner: 'keda', scalingMax: 3 }, {})).toEqual({
      owner: 'keda',
      least: 1,
      most: 3,
    });
  });

  it('is one: what only the controller uses is refused beside another owner', () => {
    const target = { scalingTarget: 'deployment/inference' };
    expect(mistakesOf({ ...target, scalingOwner: 'hpa' })).toEqual([
      expect.stringContaining('scaling has one owner'),
    ]);
  });

  it('is told all mistakes at once', () => {
    expect(
      mistakesOf({ scalingOwner: 'controller', scalingTarget: 'inference', scalingMin: 6, scalingMax: 5 }),
    ).toEqual([
      expect.stringContaining('at most FRAMEGATE_PARTITIONS=4'),
      expect.stringContaining('FRAMEGATE_SCALING_MIN=6'),
      expect.stringContaining('expected deployment/NAME or statefulset/NAME'),
    ]);
    expect(mistakesOf({ scalingOwner: 'controller' })).toEqual([
      expect.stringContaining('FRAMEGATE_SCALING_TARGET is not set'),
    ]);
  });

  it('needs a pod or a kubeconfig where it is the controller', () => {
    const change = { scalingOwner: 'controller', scalingTarget: 'deployment/inference' } as const;
    expect(mistakesOf(change)).toEqual([expect.stringContaining('set FRAMEGATE_SCALING_KUBECONFIG')]);
  });
});

describe('replicas as a lever', () => {
  const replicasIn = (...args: Parameters<typeof withReplicas>) =>
    withReplicas(...args).levers.find(({ lever }) => lever === 'replicas');
  const declaration = defaultDeclaration(2);
  const lever = { lever: 'replicas', scope: 'cloud', steps: [1, 2, 8], settleSeconds: 5, cost: 3 } as const;

  it('come with whoever scales, and with nobody as declared', () => {
    expect(replicasIn(declaration, { owner: 'none', least: 1, most: 4 })).toBeUndefined();
    expect(replicasIn(declaration, { owner: 'keda', least: 2, most: 4 })?.steps).toEqual([2, 3, 4]);
  });

  it('are never more than the settings allow, whatever is declared', () => {
    const declared = { ...declaration, levers: [...declaration.levers, lever] };
    const scaling = { owner: 'controller', least: 1, most: 4 } as const;
    expect(replicasIn(declared, scaling)).toEqual({ ...lever, steps: [1, 2] });
    expect(replicasIn(declared, { ...scaling, least: 3 })?.steps).toEqual([3]);
  });
});
