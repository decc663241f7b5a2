import type { CameraIntent } from '@framegate/contracts';
import type { Declaration, Profile, Slo } from '@framegate/control';
import { builtInProfile, defaultDeclaration } from '@framegate/control';

/** What the loops work with. */
export interface SetUp {
  readonly declaration: Declaration;
  /** By camera id. */
  readonly profiles: ReadonlyMap<string, Profile>;
}

/**
 * The declaration, or else the objective of each camera's intent; and for each camera the built-in profile with its
 * own model. The same object as before while nothing of that has changed.
 *
 * @param cores that the inference may use, where nothing is declared
 */
export function createSetUp(
  cores: number,
): (intents: ReadonlyMap<string, CameraIntent>, declared: Declaration | undefined) => SetUp {
  const byModel = new Map<string, Profile>();
  const profileOf = (model: string): Profile => byModel.getOrInsertComputed(model, builtInProfile);
  let last:
    { readonly key: string; readonly declared: Declaration | undefined; readonly made: SetUp } | undefined;

  return (intents, declared) => {
    const key = [...intents.values()]
      .map(({ cameraId, objectiveMs, wanted }) => `${cameraId} ${objectiveMs} ${wanted.model}`)
      .join();
    if (last?.key === key && last.declared === declared) return last.made;
    const profiles = new Map(
      [...intents].map(([cameraId, { wanted }]) => [cameraId, profileOf(wanted.model)]),
    );
    const made = { declaration: declared ?? fromIntents(intents, cores), profiles };
    last = { key, declared, made };
    return made;
  };
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
