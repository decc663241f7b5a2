import type { CameraConfig, CameraIntent } from '@framegate/contracts';

export interface PlanOptions {
  /** Fencing token of the controller that asks. */
  readonly token: number;
  readonly partitions: number;
  /** What the camera shall do now; default what its operator wants. */
  readonly settingsOf?: (intent: CameraIntent) => CameraIntent['wanted'];
  /** What is promised of a camera, ms; default its intent's objective. */
  readonly promisedMsOf?: (cameraId: string) => number | undefined;
  /** Why its settings change, where the loops changed them. */
  readonly reasonOf?: (cameraId: string) => string | undefined;
}

/**
 * The configurations to publish so that each camera does what it shall: one for each camera whose configuration says
 * something else, or was made from an older intent. A camera keeps its partition; a new one gets the emptiest,
 * because hashed keys are uneven (8 cameras over 4 partitions gave 1/3/1/3). A camera that a controller with a
 * higher token has configured is left to it.
 */
export function planConfiguration(
  intents: ReadonlyMap<string, CameraIntent>,
  current: ReadonlyMap<string, CameraConfig>,
  options: PlanOptions,
): CameraConfig[] {
  const load = partitionLoad(intents, current, options.partitions);
  const planned: CameraConfig[] = [];
  for (const [cameraId, intent] of [...intents].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const before = current.get(cameraId);
    const settings = options.settingsOf?.(intent) ?? intent.wanted;
    const told = { ...settings, ...promiseBeside(intent, options.promisedMsOf?.(cameraId)) };
    if (before && (before.token > options.token || isUpToDate(before, intent, told, options.partitions)))
      continue;
    const partition = keptPartition(before, options.partitions) ?? emptiest(load);
    if (keptPartition(before, options.partitions) === undefined) load[partition] = (load[partition] ?? 0) + 1;
    planned.push({
      cameraId,
      token: options.token,
      version: (before?.version ?? 0) + 1,
      intentRevision: intent.revision,
      partition,
      ...told,
      reason: options.reasonOf?.(cameraId) ?? plainReason(before, intent),
    });
  }
  return planned;
}

type Settings = CameraIntent['wanted'] & Pick<CameraConfig, 'objectiveMs'>;

/** Nothing where the intent says the same: then an operator's change of it counts at once. */
function promiseBeside(intent: CameraIntent, promisedMs = intent.objectiveMs): Pick<Settings, 'objectiveMs'> {
  const objectiveMs = Math.max(1, Math.round(promisedMs));
  return objectiveMs === intent.objectiveMs ? {} : { objectiveMs };
}

function plainReason(before: CameraConfig | undefined, { cameraId, revision }: CameraIntent): string {
  if (!before) return 'first configuration';
  return before.intentRevision === revision
    ? `what is wanted of ${cameraId} has changed`
    : `the intent of ${cameraId} is now at revision ${revision}`;
}

/** An edited site file changes what is wanted without a new revision. */
function isUpToDate(
  config: CameraConfig,
  { revision }: CameraIntent,
  settings: Settings,
  partitions: number,
): boolean {
  return (
    config.intentRevision === revision &&
    config.partition < partitions &&
    config.framesPerSecond === settings.framesPerSecond &&
    config.width === settings.width &&
    config.quality === settings.quality &&
    config.motionSensitivity === settings.motionSensitivity &&
    config.model === settings.model &&
    config.objectiveMs === settings.objectiveMs
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
export function nextToken(leaseToken: number, configs: Iterable<Pick<CameraConfig, 'token'>>): number {
  let token = leaseToken;
  for (const config of configs) token = Math.max(token, config.token + 1);
  return token;
}
