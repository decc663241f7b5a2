import type {
  CloudCounts,
  DecisionRecord,
  Detection,
  EarlierEpoch,
  EdgeCounts,
  EdgeTelemetry,
  FrameId,
  InferenceTelemetry,
  Outcome,
} from '@framegate/contracts';
import {
  ContractError,
  decisionEvent,
  detectionEvent,
  edgeTelemetryEvent,
  formatFrameId,
  inferenceTelemetryEvent,
  latencyMs,
  outcomeEvent,
  overheadMs,
  siteOf,
  telemetryTopicPattern,
  topicNames,
} from '@framegate/contracts';
import type { CameraAccount, LatencyHistogram, SloSummary } from '@framegate/control';
import { createLatencyHistogram, createSloAccount } from '@framegate/control';
import { addCloudCounts, addEdgeCounts, emptyCloudCounts, emptyEdgeCounts } from '@framegate/frame-ledger';
import type { Delivery, MessageBus } from '@framegate/message-bus';
import type { CameraFollower, CameraView } from './camera-view.ts';
import { followCamera } from './camera-view.ts';
import type { Stage } from './stage-times.ts';
import { stages, stageTimesMs } from './stage-times.ts';

export interface Latencies {
  readonly total: LatencyHistogram;
  readonly overhead: LatencyHistogram;
  readonly byStage: ReadonlyMap<Stage, LatencyHistogram>;
}

/** A run as it shows in the topics: what the live view draws and the report tells. */
export interface RunObserver {
  cameras(): CameraView[];
  edge(): EdgeCounts;
  cloud(): CloudCounts;
  publishedBytes(): number;
  slo(): SloSummary;
  /** The same of each camera, as it was settled last. */
  sloByCamera(): ReadonlyMap<string, CameraAccount>;
  /** What the controller decided, oldest first. */
  decisions(): readonly DecisionRecord[];
  readonly latencies: Latencies;
  /** Called with each first detection of a frame. */
  onDetection(listener: (detection: Detection) => void): void;
  /** Called with what a site counts, each second. */
  onEdge(listener: (telemetry: EdgeTelemetry) => void): void;
  /** Resolves when everything that is in the topics now has been taken. */
  caughtUp(): Promise<void>;
  close(): Promise<void>;
}

/** How many recent frames are remembered to drop what is told twice of them. */
const recentFrames = 50_000;

export interface ObserveOptions {
  readonly nowUs: () => number;
  /** Only this site's cameras; all where undefined. A broker may carry other runs. */
  readonly site?: string;
  /** Only this instance of inference counts in the cloud's ledger; all where undefined. */
  readonly instance?: string;
  /** What is promised of a camera's results in place of what their frames say; undefined: that. */
  readonly objectiveMsOf?: (cameraId: string) => number | undefined;
}

interface EpochCounts {
  readonly counts: EdgeCounts;
  readonly publishedBytes: number;
}

export async function observeRun(bus: MessageBus, options: ObserveOptions): Promise<RunObserver> {
  const { nowUs, site, instance } = options;
  const promised = <T extends Detection | Outcome>(told: T): T => ({
    ...told,
    objectiveMs: options.objectiveMsOf?.(told.cameraId) ?? told.objectiveMs,
  });
  const epochs = new Map<string, EpochCounts>();
  /** What an epoch came to before the process that goes on with so many of its frames, out of the spool. */
  const beforeRestart = new Map<string, EpochCounts & { readonly found: number }>();
  const instances = new Map<string, InferenceTelemetry>();
  const followers = new Map<string, CameraFollower>();
  const account = createSloAccount();
  const latencies = createLatencies();
  const detected = createRecentFrames();
  const ended = createRecentFrames();
  const decisions: DecisionRecord[] = [];
  const listeners: ((detection: Detection) => void)[] = [];
  const edgeListeners: ((telemetry: EdgeTelemetry) => void)[] = [];

  const followerOf = (cameraId: string): CameraFollower => {
    let follower = followers.get(cameraId);
    if (!follower) followers.set(cameraId, (follower = followCamera(cameraId)));
    return follower;
  };
  const onDetection = (detection: Detection): void => {
    if (!isOurs(detection.cameraId)) return;
    if (detected.met(detection)) return;
    followerOf(detection.cameraId).detection(detection);
    account.detection(detection);
    if (detection.kind === 'live') addLatency(latencies, detection);
    listeners.forEach((listener) => listener(detection));
  };
  const onOutcome = (outcome: Outcome): void => {
    if (isOurs(outcome.cameraId) && !ended.met(outcome)) account.outcome(outcome);
  };
  const onInference = (telemetry: InferenceTelemetry): void => {
    if (instance === undefined || telemetry.instance === instance)
      instances.set(telemetry.instance, telemetry);
  };
  const withEarlier = ({ cameraId, epoch, counts, publishedBytes }: EarlierEpoch): EpochCounts => {
    const key = `${cameraId}/${epoch}`;
    let before = beforeRestart.get(key);
    // Another number was found: another process, later still.
    if (before?.found !== counts.captured)
      beforeRestart.set(key, (before = { ...withoutSpool(epochs.get(key)), found: counts.captured }));
    return {
      counts: addEdgeCounts(before.counts, counts),
      publishedBytes: before.publishedBytes + publishedBytes,
    };
  };
  const onEdge = (telemetry: EdgeTelemetry): void => {
    if (site !== undefined && telemetry.site !== site) return;
    for (const found of telemetry.earlier ?? [])
      epochs.set(`${found.cameraId}/${found.epoch}`, withEarlier(found));
    for (const camera of telemetry.cameras) {
      epochs.set(`${camera.cameraId}/${camera.epoch}`, camera);
      followerOf(camera.cameraId).telemetry(camera, telemetry.atUs, nowUs());
    }
    edgeListeners.forEach((listener) => listener(telemetry));
  };
  const isOurs = (cameraId: string): boolean => site === undefined || siteOf(cameraId) === site;
  const onDecision = (decision: DecisionRecord): void => {
    const { subjects } = decision;
    const ofCameras = subjects.filter((subject) => subject.includes('/'));
    if (ofCameras.length === 0 || ofCameras.some(isOurs)) decisions.push(decision);
  };
  const take = (delivery: Delivery): void => {
    const type = delivery.headers['ce_type'] ?? '';
    if (type.startsWith('io.framegate.detection.')) onDetection(promised(detectionEvent.decode(delivery)));
    else if (type.startsWith('io.framegate.outcome.')) onOutcome(promised(outcomeEvent.decode(delivery)));
    else if (type.startsWith('io.framegate.edge-telemetry.')) onEdge(edgeTelemetryEvent.decode(delivery));
    else if (type.startsWith('io.framegate.decision.')) onDecision(decisionEvent.decode(delivery));
    else if (type.startsWith('io.framegate.inference-telemetry.'))
      onInference(inferenceTelemetryEvent.decode(delivery));
  };

  const subscription = await bus.subscribe({
    topics: [topicNames.detections, topicNames.outcomes, topicNames.decisions, telemetryTopicPattern],
    group: null,
    from: 'latest',
    handler: async (delivery) => {
      try {
        take(delivery);
      } catch (error) {
        // Whoever publishes such a message is told by its own readers; a view must not stop for it.
        if (!(error instanceof ContractError)) throw error;
      }
    },
  });

  return {
    cameras: () => [...followers.values()].map((follower) => follower.view(nowUs())),
    edge: () =>
      [...epochs.values()].reduce((sum, { counts }) => addEdgeCounts(sum, counts), emptyEdgeCounts()),
    cloud: () =>
      [...instances.values()].reduce((sum, { counts }) => addCloudCounts(sum, counts), emptyCloudCounts()),
    publishedBytes: () => [...epochs.values()].reduce((sum, epoch) => sum + epoch.publishedBytes, 0),
    slo: () => account.summary(nowUs()),
    sloByCamera: () => account.byCamera(),
    decisions: () => decisions,
    latencies,
    onDetection: (listener) => void listeners.push(listener),
    onEdge: (listener) => void edgeListeners.push(listener),
    caughtUp: () => subscription.caughtUp(),
    close: () => subscription.close(),
  };
}

/** Whoever finds the frames in the spool counts them. */
function withoutSpool(last: EpochCounts | undefined): EpochCounts {
  const counts = last?.counts ?? emptyEdgeCounts();
  return {
    counts: { ...counts, captured: counts.captured - counts.spooled, spooled: 0 },
    publishedBytes: last?.publishedBytes ?? 0,
  };
}

function createRecentFrames(): { met(id: FrameId): boolean } {
  const seen = new Set<string>();
  return {
    met(frame) {
      const id = formatFrameId(frame);
      if (seen.has(id)) return true;
      seen.add(id);
      if (seen.size > recentFrames) for (const old of seen.keys().take(recentFrames / 10)) seen.delete(old);
      return false;
    },
  };
}

function createLatencies(): Latencies {
  return {
    total: createLatencyHistogram(),
    overhead: createLatencyHistogram(),
    byStage: new Map(stages.map((stage) => [stage, createLatencyHistogram()])),
  };
}

function addLatency(latencies: Latencies, detection: Detection): void {
  latencies.total.add(latencyMs(detection));
  latencies.overhead.add(Math.max(0, overheadMs(detection)));
  const times = stageTimesMs(detection);
  for (const stage of stages) latencies.byStage.get(stage)?.add(times[stage]);
}
