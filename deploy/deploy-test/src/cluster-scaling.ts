import { z } from 'zod';
import type { Trial } from './cluster-charts.ts';
import { installCloud } from './cluster-charts.ts';
import type { Cluster } from './cluster.ts';
import { type PipelineWatch, until } from './pipeline-watch.ts';
import { seconds } from './transcript.ts';

/** The controller sets the replicas, nobody else. One core, so that it does not give workers instead. */
const ownedByController = ['--set', 'scaling.owner=controller,scaling.maxReplicas=3,controller.cores=1'];
/** So little is requested that three find room on a node of two cores. */
const modest = ['--set', 'inference.resources.requests.cpu=100m'];
const slow = ['--set', 'inference.resources.limits.cpu=100m'];

/**
 * Gives the inference a tenth of a core, for which two cameras are too much, and takes that away again: the controller
 * is to see both by itself. In between an upgrade changes a value; it must leave the number of replicas as it is.
 */
export async function scaleByController(
  trial: Trial,
  watch: PipelineWatch,
  cameras: readonly string[],
): Promise<void> {
  const { transcript } = trial;
  await installCloud(trial, [...ownedByController, ...modest, ...slow]);
  transcript.step('helm upgrade with scaling.owner=controller and a tenth of a core for each inference');
  const scaled = await scalesTo(trial, watch, (replicas) => replicas > 1);
  await installCloud(trial, [...ownedByController, ...modest, '--set', 'logLevel=debug,partitions=16']);
  const kept = await readyReplicas(trial.cloud.cluster);
  if (kept !== scaled) throw new Error(`the upgrade made ${kept} replicas out of ${scaled}`);
  await watch.moreFrom(cameras, 2);
  transcript.step(`helm upgrade with 16 partitions instead of 12, ${kept} replicas stay: detections go on`);
  await scalesTo(trial, watch, (replicas) => replicas < scaled);
}

/** Waits for a decision of the controller that leads to such a number, and for the pods to be as it decided. */
async function scalesTo(
  { transcript, cloud }: Trial,
  watch: PipelineWatch,
  isWanted: (replicas: number) => boolean,
): Promise<number> {
  const beganMs = performance.now();
  const decided = () => watch.replicaDecisions.findLast(({ to }) => isWanted(Number(to)));
  await until(
    async () => {
      const decision = decided();
      return decision !== undefined && (await readyReplicas(cloud.cluster)) === Number(decision.to);
    },
    420_000,
    () => `the inference is not scaled; decided was: ${decided()?.reason ?? 'nothing'}`,
  );
  const replicas = await readyReplicas(cloud.cluster);
  const after = seconds(performance.now() - beganMs);
  transcript.step(`the controller decided: ${decided()?.reason ?? ''}; so it is after ${after}`);
  return replicas;
}

const deploymentSchema = z.object({
  spec: z.object({ replicas: z.int() }),
  status: z.object({ readyReplicas: z.int().default(0), replicas: z.int().default(0) }),
});

/** NaN while pods come or go. */
async function readyReplicas({ kubectl }: Cluster): Promise<number> {
  const text = await kubectl('get', 'deployment/fg-inference', '--output', 'json');
  const { spec, status } = deploymentSchema.parse(JSON.parse(text));
  return status.readyReplicas === spec.replicas && status.replicas === spec.replicas
    ? spec.replicas
    : Number.NaN;
}
