import type { Declaration, Policy, Profile, Rung } from '@framegate/control';
import { profileOf } from './accuracy.ts';
import type { CloudModel, Ladder, Scenario } from './scenario.ts';
import { siteOfCamera } from './scenario.ts';

/** What a policy knows before a run: what an operator has declared and measured, and nothing of what will happen. */
export interface PolicySetup {
  readonly declaration: Declaration;
  readonly ladder: Ladder;
  readonly cameras: readonly PolicyCamera[];
  readonly cloud: Pick<CloudModel, 'models' | 'workers' | 'replicas' | 'maxReplicas' | 'batch'>;
}

export interface PolicyCamera {
  readonly cameraId: string;
  readonly site: string;
  readonly objectiveMs: number;
  readonly weight: number;
  readonly priority: number;
  /** In force when the run begins. */
  readonly initial: Rung;
  readonly profile: Profile;
}

/** Makes a fresh policy for one run. */
export type PolicyFactory = (setup: PolicySetup) => Policy;

export function policySetupOf(scenario: Scenario): PolicySetup {
  const { ladder, cloud } = scenario;
  const profiles = new Map<string, Profile>();
  const cameras = scenario.cameras.map((camera): PolicyCamera => {
    const { cameraId, objectiveMs, weight, priority, initial, objects } = camera;
    // Cameras that see the same kind of objects have the same profile.
    const key = `${objects.size} ${objects.speed}`;
    const profile = profiles.get(key) ?? profileOf(scenario, camera);
    profiles.set(key, profile);
    return { cameraId, site: siteOfCamera(cameraId), objectiveMs, weight, priority, initial, profile };
  });
  return { declaration: declarationOf(scenario), ladder, cameras, cloud };
}

/** One latency promise for each objective among the cameras, the scenario's levers, and the way of a frame. */
function declarationOf({ cameras, sites, cloud, ladder }: Scenario): Declaration {
  const objectives = [...new Set(cameras.map(({ objectiveMs }) => objectiveMs))];
  return {
    slos: objectives.map((objective) => ({
      name: `latency-${objective}`,
      sli: 'latency',
      objective,
      target: 0.95,
      windowSeconds: 60,
      scope: {
        cameras: cameras.filter((camera) => camera.objectiveMs === objective).map(({ cameraId }) => cameraId),
      },
      priority: 1,
      weight: 1,
    })),
    levers: [
      { lever: 'frame-rate', scope: 'camera', steps: ladder.framesPerSecond, settleSeconds: 2, cost: 1 },
      { lever: 'resolution', scope: 'camera', steps: ladder.widths, settleSeconds: 2, cost: 1 },
      { lever: 'jpeg-quality', scope: 'camera', steps: ladder.qualities, settleSeconds: 2, cost: 1 },
      { lever: 'model', scope: 'camera', steps: ladder.models, settleSeconds: 2, cost: 1 },
      {
        lever: 'replicas',
        scope: 'cloud',
        steps: Array.from({ length: cloud.maxReplicas }, (_, index) => index + 1),
        settleSeconds: cloud.replicaStartSeconds,
        cost: 10,
      },
    ],
    dependencies: sites
      .flatMap(({ site }) => [
        { from: `motion-detection@${site}`, to: `uplink@${site}` },
        { from: `uplink@${site}`, to: 'broker' },
      ])
      .concat([
        { from: 'inference', to: 'broker' },
        { from: 'detections', to: 'inference' },
      ]),
  };
}
