import type { Rung } from '@framegate/control';
import { staticCandidates } from './best-static.ts';
import type { RunResult } from './run-result.ts';
import type { Ladder, Scenario } from './scenario.ts';
import type { Settings } from './scheduled-policy.ts';
import { scheduledPolicy } from './scheduled-policy.ts';
import { simulate } from './simulate.ts';

/**
 * The best sequence of settings for a run that is known beforehand, motion, sizes and faults included: beam search
 * over settings that all cameras share, then changes of one camera in one segment as long as any helps. By net
 * utility. It is a lower bound of the optimum: settings change at segments only.
 */
export function clairvoyant(scenario: Scenario, seed: number): RunResult {
  const search = searchOf(scenario, seed);
  const shared = beamSearch(search);
  return search.run(improve(search, shared));
}

/** Whether the search is feasible: few settings, few cameras, a short time. */
export function hasClairvoyant({ durationSeconds, cameras, ladder }: Scenario): boolean {
  return durationSeconds <= 60 && cameras.length <= 3 && rungsOf(ladder).length <= 16;
}

type Schedule = readonly Settings[];

interface Search {
  readonly rungs: readonly Rung[];
  readonly segments: number;
  readonly cameras: number;
  /** What the rest of a schedule is taken to be while it is not decided. */
  readonly rest: Rung;
  run(schedule: Schedule): RunResult;
  worth(schedule: Schedule): number;
}

const segmentSeconds = 2;
const beamWidth = 5;
const sweeps = 4;

function searchOf(scenario: Scenario, seed: number): Search {
  const cameraIds = scenario.cameras.map(({ cameraId }) => cameraId);
  const segments = Math.ceil(scenario.durationSeconds / segmentSeconds);
  const run = (schedule: Schedule): RunResult =>
    simulate({ scenario, seed, policy: scheduledPolicy('clairvoyant', cameraIds, schedule, segmentSeconds) });
  const worth = (schedule: Schedule): number => run(schedule).totals.netUtility;
  const alike = (rung: Rung): Schedule => Array.from({ length: segments }, () => cameraIds.map(() => rung));
  const rungs = rungsOf(scenario.ladder);
  const [first = scenario.cameras[0]?.initial] = staticCandidates(scenario)
    .map((rung) => ({ rung, worth: worth(alike(rung)) }))
    .toSorted((a, b) => b.worth - a.worth)
    .map(({ rung }) => rung);
  if (!first) throw new RangeError(`simulation: scenario ${scenario.name} has no cameras`);
  return { rungs, segments, cameras: cameraIds.length, rest: first, run, worth };
}

/** Keeps the best few beginnings, each judged with the best single setting for the rest of the time. */
function beamSearch({ rungs, segments, cameras, rest, worth }: Search): Schedule {
  const same = (rung: Rung): Settings => Array.from({ length: cameras }, () => rung);
  const filled = (begin: Schedule): Schedule => [
    ...begin,
    ...Array.from({ length: segments - begin.length }, () => same(rest)),
  ];
  let beam: Schedule[] = [[]];
  for (let segment = 0; segment < segments; segment++) {
    const longer = beam.flatMap((begin) => rungs.map((rung): Schedule => [...begin, same(rung)]));
    beam = longer
      .map((begin) => ({ begin, worth: worth(filled(begin)) }))
      .toSorted((a, b) => b.worth - a.worth)
      .slice(0, beamWidth)
      .map(({ begin }) => begin);
  }
  return beam[0] ?? filled([]);
}

/** Coordinate ascent: one camera in one segment at a time. */
function improve({ rungs, segments, cameras, worth }: Search, from: Schedule): Schedule {
  let best = { schedule: from, worth: worth(from) };
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const before = best.worth;
    for (let segment = 0; segment < segments; segment++)
      for (let camera = 0; camera < cameras; camera++)
        for (const rung of rungs) {
          const schedule = best.schedule.map((settings, s) =>
            s === segment ? settings.map((own, c) => (c === camera ? rung : own)) : settings,
          );
          if (best.schedule[segment]?.[camera] === rung) continue;
          const tried = worth(schedule);
          if (tried > best.worth) best = { schedule, worth: tried };
        }
    if (best.worth === before) break;
  }
  return best.schedule;
}

function rungsOf({ framesPerSecond, widths, qualities, models }: Ladder): Rung[] {
  return framesPerSecond.flatMap((rate) =>
    widths.flatMap((width) =>
      qualities.flatMap((quality) =>
        models.map((model) => ({ framesPerSecond: rate, width, quality, model, motionSensitivity: 50 })),
      ),
    ),
  );
}
