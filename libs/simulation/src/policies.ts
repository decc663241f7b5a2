import type { ControllerState, Policy, Profile } from '@framegate/control';
import { createBaselines, createController } from '@framegate/control';
import { bestStatic } from './best-static.ts';
import { clairvoyant, hasClairvoyant } from './clairvoyant.ts';
import type { PolicyFactory, PolicySetup } from './policy-setup.ts';
import { policySetupOf } from './policy-setup.ts';
import type { RunResult } from './run-result.ts';
import type { Scenario } from './scenario.ts';
import { simulate } from './simulate.ts';
import { staticHigh, staticLow } from './static-policies.ts';

/**
 * `ours` is compared with each `adaptive` one; `static` ones stand on the plane of utility and violations; what
 * is chosen in `hindsight` bounds what can be had.
 */
export interface Contender {
  readonly name: string;
  readonly kind: 'ours' | 'adaptive' | 'static' | 'hindsight';
  suits(scenario: Scenario): boolean;
  run(scenario: Scenario, seed: number): RunResult;
}

/** Everything that runs can be made of: one line each. */
export const contenders: readonly Contender[] = [
  online('framegate', 'ours', ourController),
  baseline('threshold-skipping'),
  baseline('aimd-rate'),
  baseline('pi-latency'),
  baseline('awstream'),
  baseline('mpc-5s'),
  online('static-high', 'static', staticHigh),
  online('static-low', 'static', staticLow),
  { name: 'best-static', kind: 'static', suits: () => true, run: bestStatic },
  { name: 'clairvoyant', kind: 'hindsight', suits: hasClairvoyant, run: clairvoyant },
];

export function ourController({ declaration, cameras }: PolicySetup): Policy<ControllerState> {
  return createController(declaration, profilesOf(cameras), {
    initialRung: (cameraId) => cameras.find((camera) => camera.cameraId === cameraId)?.initial,
  });
}

function online(name: string, kind: Contender['kind'], factory: PolicyFactory): Contender {
  return {
    name,
    kind,
    suits: () => true,
    run: (scenario, seed) => simulate({ scenario, seed, policy: factory(policySetupOf(scenario)) }),
  };
}

/** One of the controllers that ours is judged against. */
function baseline(name: string): Contender {
  return online(name, 'adaptive', ({ declaration, cameras }) => {
    const found = createBaselines(declaration, profilesOf(cameras)).find((policy) => policy.name === name);
    if (!found) throw new RangeError(`simulation: libs/control has no baseline "${name}"`);
    return found;
  });
}

function profilesOf(cameras: PolicySetup['cameras']): Map<string, Profile> {
  return new Map(cameras.map(({ cameraId, profile }) => [cameraId, profile]));
}
