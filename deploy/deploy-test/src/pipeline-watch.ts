import { setTimeout as delay } from 'node:timers/promises';
import type { DecisionRecord } from '@framegate/contracts';
import { decisionEvent, detectionEvent, inferenceTelemetryEvent, topicNames } from '@framegate/contracts';
import type { MessageBus } from '@framegate/message-bus';
import { createKafkaBus, type KafkaConnection } from '@framegate/message-bus-kafka';
import { auditTopics } from '@framegate/run-observer';

/** What a program beside the pipeline sees of it: only its topics. */
export interface PipelineWatch {
  /** Detections so far, by camera. */
  readonly detections: ReadonlyMap<string, number>;
  /** When the last of these cameras had its first detection, ms since the Unix epoch by the clock of the inference. */
  allDetectedAtMs(cameras: readonly string[]): number;
  /** What the controller decided of replicas, in its order. */
  readonly replicaDecisions: readonly DecisionRecord[];
  /** Resolves when a camera of each name has given so many more than now. */
  moreFrom(cameras: readonly string[], count: number, withinMs?: number): Promise<void>;
  /** Instances of the inference that have been heard since the last call and took frames since. */
  workingInstances(): ReadonlyMap<string, number>;
  /** The ledger from the topics alone, once every frame has its fate. */
  settledAudit(withinMs?: number): Promise<Awaited<ReturnType<typeof auditTopics>>>;
  close(): Promise<void>;
}

const lookEveryMs = 500;
const watched = [topicNames.detections, topicNames.telemetry, topicNames.decisions];

export async function watchPipeline(connection: KafkaConnection): Promise<PipelineWatch> {
  const bus = createKafkaBus({ ...connection, clientId: 'framegate-deploy-test' });
  const detections = new Map<string, number>();
  const firstAtMs = new Map<string, number>();
  const replicaDecisions: DecisionRecord[] = [];
  const received = new Map<string, number>();
  let before = new Map<string, number>();
  await topicsExist(bus);
  await bus.subscribe({
    topics: watched,
    group: null,
    from: 'earliest',
    handler: async (delivery) => {
      if (delivery.topic === topicNames.detections) {
        const { cameraId } = detectionEvent.decode(delivery);
        detections.set(cameraId, (detections.get(cameraId) ?? 0) + 1);
        firstAtMs.set(cameraId, Math.min(firstAtMs.get(cameraId) ?? Infinity, delivery.timestampMs));
      } else if (delivery.topic === topicNames.decisions) {
        const decision = decisionEvent.decode(delivery);
        if (decision.lever === 'replicas') replicaDecisions.push(decision);
      } else {
        const { instance, counts } = inferenceTelemetryEvent.decode(delivery);
        received.set(instance, counts.received);
      }
    },
  });

  return {
    detections,
    replicaDecisions,
    allDetectedAtMs: (cameras) => Math.max(...cameras.map((camera) => firstAtMs.get(camera) ?? Infinity)),
    async moreFrom(cameras, count, withinMs = 120_000) {
      const wanted = new Map(cameras.map((camera) => [camera, (detections.get(camera) ?? 0) + count]));
      const missing = (): string[] =>
        [...wanted]
          .filter(([camera, goal]) => (detections.get(camera) ?? 0) < goal)
          .map(([camera]) => camera);
      await until(
        () => missing().length === 0,
        withinMs,
        () => `no detections from ${missing().join(', ')}`,
      );
    },
    workingInstances() {
      const grown = new Map(
        [...received]
          .map(([instance, count]) => [instance, count - (before.get(instance) ?? 0)] as const)
          .filter(([, more]) => more > 0),
      );
      before = new Map(received);
      return grown;
    },
    async settledAudit(withinMs = 90_000) {
      let audit = await auditTopics(bus, true);
      const end = performance.now() + withinMs;
      while (audit.complaints.length > 0 && performance.now() < end) {
        await delay(2000);
        audit = await auditTopics(bus, true);
      }
      return audit;
    },
    close: async () => bus.close({ drainTimeoutMs: 0 }),
  };
}

/** @throws Error with `complaint` when it does not come true in time */
export async function until(
  condition: () => boolean | Promise<boolean>,
  withinMs: number,
  complaint: () => string,
): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`${complaint()} within ${withinMs / 1000} s`);
    await delay(lookEveryMs);
  }
}

async function topicsExist(bus: MessageBus): Promise<void> {
  await until(
    async () => {
      const present = await bus.topics();
      return watched.every((name) => present.includes(name));
    },
    120_000,
    () => `the broker has no topics ${watched.join(', ')}`,
  );
}
