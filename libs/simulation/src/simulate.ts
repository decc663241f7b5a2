import type { Policy } from '@framegate/control';
import type { RunResult } from './run-result.ts';
import type { SimulationOptions } from './world.ts';
import { createSimulation } from './simulation.ts';

/** A whole run of one policy. Pure: the same arguments give the same result. */
export function simulate(options: SimulationOptions & { readonly policy: Policy }): RunResult {
  const { policy } = options;
  const simulation = createSimulation(options);
  let state = policy.init();
  for (let seen = simulation.advance(); seen; seen = simulation.advance()) {
    const step = policy.step(state, seen);
    state = step.state;
    simulation.apply(step.actions, step.decisions);
  }
  return simulation.finish(policy.name);
}
