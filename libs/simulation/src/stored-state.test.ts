import type { ControllerState, Policy } from '@framegate/control';
import { isControllerState, stateFromJson, stateToJson } from '@framegate/control';
import { beforeAll, expect, it } from 'vitest';
import { ourController } from './policies.ts';
import { policySetupOf } from './policy-setup.ts';
import { camerasOf, scenarioOf, siteOf } from './scenario-parts.ts';
import { simulate } from './simulate.ts';

const troubled = scenarioOf({
  name: 'troubled',
  title: 'a link that falls, and is away for a while',
  durationSeconds: 90,
  sites: [siteOf('north', 20)],
  cameras: camerasOf(4),
  disturbances: [
    { kind: 'uplink-narrow', factor: 0.1, atSeconds: 30 },
    { kind: 'broker-outage', atSeconds: 50, untilSeconds: 60 },
  ],
});

/** States of each second, as a store gives them back. */
const states: unknown[] = [];
beforeAll(() => {
  const policy = ourController(policySetupOf(troubled));
  const watched: Policy<ControllerState> = {
    ...policy,
    step(state, seen) {
      const step = policy.step(state, seen);
      states.push(stateFromJson(stateToJson(step.state)));
      return step;
    },
  };
  simulate({ scenario: troubled, seed: 1, policy: watched });
});

it('whatever a controller stores in trouble is known again as its state', () => {
  expect(states.length).toBeGreaterThan(80);
  for (const state of states) expect(isControllerState(state)).toBe(true);
});

it.each([
  'cameras.0.switchesUs',
  'sites.0.uplink.samples',
  'sites.0.feedback.trim',
  'cloud.queue',
  'decisions',
])('a stored state without %s is none', (path) => {
  expect(isControllerState(without(states.at(-1), path.split('.')))).toBe(false);
});

/** A number in the path is the entry at that place of a record. */
function without(value: unknown, [step = '', ...rest]: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const at = entries.findIndex(([key], index) => key === step || String(index) === step);
  return Object.fromEntries(
    rest.length === 0
      ? entries.toSpliced(at, 1)
      : entries.map(([key, own], index) => [key, index === at ? without(own, rest) : own]),
  );
}
