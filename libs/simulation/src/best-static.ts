import type { Rung } from '@framegate/control';
import { floorRung, profileOf, topRung } from './accuracy.ts';
import type { RunResult } from './run-result.ts';
import type { Scenario } from './scenario.ts';
import { simulate } from './simulate.ts';
import { staticPolicy } from './static-policies.ts';

/** How many settings are tried, from the lowest to the highest. */
const tried = 10;

/** The best single setting for all cameras, by net utility, chosen after the fact for just this run. */
export function bestStatic(scenario: Scenario, seed: number): RunResult {
  const cameraIds = scenario.cameras.map(({ cameraId }) => cameraId);
  const runs = staticCandidates(scenario).map((rung) =>
    simulate({ scenario, seed, policy: staticPolicy('best-static', cameraIds, rung) }),
  );
  return best(runs);
}

/** Settings along the Pareto set of the first camera, evenly by their place in it. */
export function staticCandidates(scenario: Scenario): Rung[] {
  const [camera] = scenario.cameras;
  if (!camera) return [];
  const { points } = profileOf(scenario, camera);
  const places = Array.from({ length: tried }, (_, i) => Math.round((i * (points.length - 1)) / (tried - 1)));
  const between = [...new Set(places)].flatMap((place) => {
    const point = points[place];
    if (!point) return [];
    const { framesPerSecond, width, quality, model } = point;
    return [{ framesPerSecond, width, quality, model, motionSensitivity: 50 }];
  });
  return [floorRung(scenario.ladder), ...between, topRung(scenario.ladder)];
}

function best(runs: readonly RunResult[]): RunResult {
  return runs.reduce((a, b) => (b.totals.netUtility > a.totals.netUtility ? b : a));
}
