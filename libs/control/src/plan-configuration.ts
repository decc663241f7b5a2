import type { CameraConfig, CameraIntent } from '@framegate/contracts';

/**
 * The configurations to publish so that each camera does what its operator wants: one for each camera whose
 * intent is not what its configuration was made from. A camera keeps its partition; a new one gets the emptiest,
 * because hashed keys are uneven (8 cameras over 4 partitions gave 1/3/1/3). A camera that a controller with a
 * higher token has configured is left to it.
 *
 * @param token fencing token of the controller that asks
 */
export function planConfiguration(
  intents: ReadonlyMap<string, CameraIntent>,
  current: ReadonlyMap<string, CameraConfig>,
  options: { readonly token: number; readonly partitions: number },
): CameraConfig[] {
  const load = partitionLoad(intents, current, options.partitions);
  const planned: CameraConfig[] = [];
  for (const [cameraId, intent] of [...intents].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const before = current.get(cameraId);
    if (before && (before.token > options.token || fulfils(before, intent, options.partitions))) continue;
    const partition = keptPartition(before, options.partitions) ?? emptiest(load);
    if (keptPartition(before, options.partitions) === undefined) load[partition] = (load[partition] ?? 0) + 1;
    planned.push({
      cameraId,
      token: options.token,
      version: (before?.version ?? 0) + 1,
      intentRevision: intent.revision,
      partition,
      ...intent.wanted,
      reason: before
        ? `the intent of ${cameraId} is now at revision ${intent.revision}`
        : 'first configuration',
    });
  }
  return planned;
}

/** An edited site file changes what is wanted without a new revision. */
function fulfils(config: CameraConfig, { revision, wanted }: CameraIntent, partitions: number): boolean {
  return (
    config.intentRevision === revision &&
    config.partition < partitions &&
    config.framesPerSecond === wanted.framesPerSecond &&
    config.width === wanted.width &&
    config.quality === wanted.quality &&
    config.motionSensitivity === wanted.motionSensitivity &&
    config.model === wanted.model
  );
}

function keptPartition(config: CameraConfig | undefined, partitions: number): number | undefined {
  return config && config.partition < partitions ? config.partition : undefined;
}

function partitionLoad(
  intents: ReadonlyMap<string, CameraIntent>,
  current: ReadonlyMap<string, CameraConfig>,
  partitions: number,
): number[] {
  const load = Array.from({ length: partitions }, () => 0);
  for (const cameraId of intents.keys()) {
    const partition = keptPartition(current.get(cameraId), partitions);
    if (partition !== undefined) load[partition] = (load[partition] ?? 0) + 1;
  }
  return load;
}

function emptiest(load: readonly number[]): number {
  return load.indexOf(Math.min(...load));
}

/**
 * The token of a new leader: its lease's, unless the topic holds one as high (the lease store was lost, or there
 * is none), and then the next.
 */
export function nextToken(leaseToken: number, configs: Iterable<CameraConfig>): number {
  let token = leaseToken;
  for (const config of configs) token = Math.max(token, config.token + 1);
  return token;
}
