import type { CameraIntent } from '@framegate/contracts';
import { siteOf } from '@framegate/contracts';
import type { Declaration, Profile, Slo } from '@framegate/control';
import { defaultDeclaration, promisesOf } from '@framegate/control';
import { createProfileChoice } from './profile-choice.ts';
import type { Scaling } from './scaling.ts';
import { withReplicas } from './scaling.ts';
import type { ChosenProfile } from './profile-choice.ts';
import type { ProfileRule } from './profile-files.ts';

/** What the loops work with. */
export interface SetUp {
  readonly declaration: Declaration;
  /** By camera id. */
  readonly profiles: ReadonlyMap<string, Profile>;
  /** The same, with what was refused. */
  readonly chosen: ReadonlyMap<string, ChosenProfile>;
  /** Promised latency of each camera; undefined where no objective is about it. */
  readonly promisedMs: ReadonlyMap<string, number | undefined>;
}

/**
 * The declaration, or else the objective of each camera's intent; and for each camera its profile. The same object as
 * before while nothing of that has changed.
 *
 * @param cores that the inference may use, where nothing is declared
 */
export function createSetUp(
  cores: number,
  scaling: Scaling,
): (
  intents: ReadonlyMap<string, CameraIntent>,
  declared: Declaration | undefined,
  rules: readonly ProfileRule[],
) => SetUp {
  let choiceUnder = createProfileChoice([]);
  let last: Last | undefined;

  return (intents, declared, rules) => {
    const key = [...intents.values()]
      .map(({ cameraId, objectiveMs, wanted }) => `${cameraId} ${objectiveMs} ${wanted.model}`)
      .join();
    if (last?.key === key && last.declared === declared && last.rules === rules) return last.made;
    if (last?.rules !== rules) choiceUnder = createProfileChoice(rules);
    const declaration = withReplicas(declared ?? fromIntents(intents, cores), scaling);
    const choose = choiceUnder(declaration);
    const chosen = new Map([...intents].map(([cameraId, intent]) => [cameraId, choose(intent)]));
    const profiles = new Map([...chosen].map(([cameraId, { profile }]) => [cameraId, profile]));
    const promisedMs = new Map(
      intents.keys().map((id) => [id, promisesOf(declaration, id, siteOf(id)).latency?.objective] as const),
    );
    const made = { declaration, profiles, chosen, promisedMs };
    last = { key, declared, rules, made };
    return made;
  };
}

interface Last {
  readonly key: string;
  readonly declared: Declaration | undefined;
  /** The profiles that were measured. */
  readonly rules: readonly ProfileRule[];
  readonly made: SetUp;
}

function fromIntents(intents: ReadonlyMap<string, CameraIntent>, cores: number): Declaration {
  const { slos, ...rest } = defaultDeclaration(cores);
  const others = slos.filter(({ sli }) => sli !== 'latency');
  return { ...rest, slos: [...latencyObjectives(intents, slos), ...others] };
}

/** One for each objective that a camera has. */
function latencyObjectives(intents: ReadonlyMap<string, CameraIntent>, slos: readonly Slo[]): Slo[] {
  const template = slos.find(({ sli }) => sli === 'latency');
  if (!template || intents.size === 0) return template ? [template] : [];
  const byObjective = Map.groupBy(intents.values(), ({ objectiveMs }) => objectiveMs);
  return [...byObjective].map(([objective, group]) => ({
    ...template,
    name: byObjective.size === 1 ? 'latency' : `latency-${objective}`,
    objective,
    scope: byObjective.size === 1 ? {} : { cameras: group.map(({ cameraId }) => cameraId) },
  }));
}
