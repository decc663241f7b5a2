import type { Action, Decision } from './action.ts';
import type { Observation } from './observation/observation.ts';

export interface PolicyStep<State> {
  readonly state: State;
  readonly actions: readonly Action[];
  readonly decisions: readonly Decision[];
}

/** Anything that steers: ours, a baseline, a clairvoyant. One step a second; pure, so that a simulator can drive it. */
export interface Policy<State = unknown> {
  readonly name: string;
  init(): State;
  step(state: State, observation: Observation): PolicyStep<State>;
}
