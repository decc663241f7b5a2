import type { Action, Decision } from './action.ts';
import type { Observation } from './observation/observation.ts';
import type { Status } from './status/status.ts';

export interface PolicyStep<State> {
  readonly state: State;
  readonly actions: readonly Action[];
  readonly decisions: readonly Decision[];
  /** How the objectives stand, where the policy judges them. */
  readonly status?: Status;
}

/** Anything that steers: ours, a baseline, a clairvoyant. One step a second; pure, so that a simulator can drive it. */
export interface Policy<State = unknown> {
  readonly name: string;
  init(): State;
  step(state: State, observation: Observation): PolicyStep<State>;
}
