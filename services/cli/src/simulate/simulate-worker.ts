import { parentPort } from 'node:worker_threads';
import type { RunResult } from '@framegate/simulation';
import { contenders, scenarios } from '@framegate/simulation';

/** One run. `whole`: with its seconds and decisions, which are large. */
export interface SimulateJob {
  readonly scenario: string;
  readonly policy: string;
  readonly seed: number;
  readonly whole: boolean;
}

parentPort?.on('message', ({ scenario, policy, seed, whole }: SimulateJob) => {
  const found = scenarios.find(({ name }) => name === scenario);
  const contender = contenders.find(({ name }) => name === policy);
  if (!found || !contender)
    throw new Error(`a worker was asked for ${scenario} with ${policy}, which it has not`);
  const result = { ...contender.run(found, seed), policy };
  const light: RunResult = { ...result, seconds: [], changes: [], decisions: [] };
  parentPort?.postMessage(whole ? result : light);
});
