import type { CameraIntent, Detection } from '@framegate/contracts';
import {
  cameraIntentEvent,
  cloudTopics,
  detectionEvent,
  latencyMs,
  siteTopics,
  topicNames,
} from '@framegate/contracts';
import type { Profile } from '@framegate/control';
import type { FaultProxy } from '@framegate/fault-proxy';
import { startFaultProxy } from '@framegate/fault-proxy';
import { startTimedPipeline } from '@framegate/inference-pipeline';
import { startTestBroker } from '@framegate/kafka-local';
import { createKafkaBus } from '@framegate/message-bus-kafka';
import type { MessageBus } from '@framegate/message-bus';
import { startController } from '@framegate/service-controller';
import { createClock, createHealth, createLogger, createMetrics } from '@framegate/service-kit';
import type { Scenario } from '@framegate/simulation';
import { policySetupOf } from '@framegate/simulation';
import { createInProcessStore } from '@framegate/state-store';
import { startEdgeStandIn } from './edge-stand-in.ts';
import { timedModel } from './scenario.ts';

/**
 * How long the real run works before the scenario begins, s: connections, TCP's slow start and the compiler's first
 * passes cost a real system its first second, and the simulation knows nothing of them.
 */
const warmUpSeconds = 5;

/** What came out of one run, in either world. */
export interface Outcome {
  readonly latenciesMs: readonly number[];
}

/**
 * The scenario with a real broker, a link through the fault proxy, the inference pipeline with a model that takes its
 * time, and the controller service; only the cameras are stand-ins.
 */
export async function realRun(scenario: Scenario, seed: number): Promise<Outcome> {
  const { nowUs } = createClock();
  let proxy: FaultProxy | undefined;
  const broker = await startTestBroker(async (target) => {
    proxy = await startFaultProxy({ target, random: () => 0.5 });
    return proxy.port;
  });
  const connect = (brokers: readonly string[], clientId: string): MessageBus =>
    createKafkaBus({ brokers: [...brokers], clientId });
  const cloud = connect(broker.brokers, 'cloud');
  const edge = connect(broker.proxiedBrokers, 'edge');
  const timers: NodeJS.Timeout[] = [];
  const closing: (() => Promise<unknown>)[] = [];
  try {
    const [site] = scenario.sites;
    if (!site || !proxy) throw new RangeError('the scenario has no site, expected one');
    await cloud.ensureTopics([...cloudTopics(site.partitions), ...siteTopics(site.site, site.partitions)]);
    await seedIntents(cloud, scenario);
    const { declaration, cameras } = policySetupOf(scenario);
    const profiles = new Map(cameras.map(({ cameraId, profile }) => [cameraId, profile]));
    const detections: Detection[] = [];
    const heard = await cloud.subscribe({
      topics: [topicNames.detections],
      group: null,
      from: 'latest',
      concurrency: 256,
      handler: async (delivery) => void detections.push(detectionEvent.decode(delivery)),
    });
    const pipeline = await startTimedPipeline({
      instance: 'validity',
      group: 'validity',
      bus: cloud,
      nowUs,
      service: timedModel,
      onRefused: () => {},
    });
    const controller = await startControl(cloud, declaration, profiles, nowUs, site.partitions);
    closing.push(
      () => controller.close(),
      () => pipeline.close(),
      () => heard.close(),
    );
    await pipeline.subscription.caughtUp();
    const startedUs = nowUs() + warmUpSeconds * 1e6;
    narrowWith(proxy, scenario, timers);
    const warmed = { ...scenario, durationSeconds: warmUpSeconds + scenario.durationSeconds };
    const stand = await startEdgeStandIn(edge, warmed, nowUs, seed);
    closing.unshift(() => stand.close());
    await stand.ended;
    await heard.caughtUp();
    const own = detections.filter(({ kind, timesUs }) => kind === 'live' && timesUs.captured >= startedUs);
    return { latenciesMs: own.map(latencyMs) };
  } finally {
    for (const timer of timers) clearTimeout(timer);
    for (const close of closing) await close();
    await Promise.all([edge.close(), cloud.close()]);
    await proxy?.close();
    await broker.stop();
  }
}

const inMs = (scenarioSeconds: number): number => (warmUpSeconds + scenarioSeconds) * 1000;

/** The link as the scenario has it, each change at its time. */
function narrowWith(proxy: FaultProxy, { sites, disturbances }: Scenario, timers: NodeJS.Timeout[]): void {
  const { bitsPerSecond = 1e9, delayMs = 0 } = sites[0]?.uplink ?? {};
  const set = (factor: number): void =>
    proxy.set({ toTarget: { bytesPerSecond: (factor * bitsPerSecond) / 8, delayMs }, toClient: { delayMs } });
  set(1);
  for (const disturbance of disturbances) {
    if (disturbance.kind !== 'uplink-narrow') continue;
    const { factor, atSeconds, untilSeconds } = disturbance;
    timers.push(setTimeout(() => set(factor), inMs(atSeconds)));
    if (untilSeconds !== undefined) timers.push(setTimeout(() => set(1), inMs(untilSeconds)));
  }
}

async function seedIntents(bus: MessageBus, { cameras }: Scenario): Promise<void> {
  const producer = await bus.producer();
  for (const { cameraId, objectiveMs, initial } of cameras) {
    const { framesPerSecond, width, quality, motionSensitivity, model } = initial;
    const intent: CameraIntent = {
      cameraId,
      revision: 0,
      motionMasks: [],
      privacyMasks: [],
      zones: [],
      classes: [],
      objectiveMs,
      preRollSeconds: 0,
      postRollSeconds: 0,
      keepAliveSeconds: 0,
      wanted: { framesPerSecond, width, quality, motionSensitivity, model },
    };
    await producer.send(topicNames.cameraIntent, cameraIntentEvent.encode(intent));
  }
  await producer.close();
}

function startControl(
  bus: MessageBus,
  declaration: ReturnType<typeof policySetupOf>['declaration'],
  profiles: ReadonlyMap<string, Profile>,
  nowUs: () => number,
  partitions: number,
) {
  const levers = declaration.levers.filter(({ lever }) => lever !== 'replicas' && lever !== 'model');
  const rules = [...profiles].map(([cameras, profile]) => ({ cameras, profile }));
  return startController({
    bus,
    partitions,
    nowUs,
    store: createInProcessStore(() => performance.now()),
    holder: 'validity',
    cores: 1,
    declaration: () => ({ ...declaration, levers }),
    profiles: () => rules,
    logger: createLogger({ name: 'validity', level: 'silent' }),
    metrics: createMetrics(),
    health: createHealth(['bus', 'directory']),
  });
}
