import { isDeepStrictEqual } from 'node:util';
import { followDirectory } from '@framegate/camera-directory';
import { followCloudClock } from '@framegate/clock-sync';
import type {
  CameraConfig,
  CameraIntent,
  EdgeFate,
  EdgeTelemetry,
  SiteAnnouncement,
} from '@framegate/contracts';
import { correctionUs } from '@framegate/contracts';
import {
  cameraIntentEvent,
  edgeTelemetryEvent,
  nextEpoch,
  siteAnnouncementEvent,
  siteTelemetryTopic,
  topicNames,
} from '@framegate/contracts';
import { createEdgeTracer } from '@framegate/frame-trace';
import type { MessageBus } from '@framegate/message-bus';
import type { Tracing } from '@framegate/service-kit';
import type { Clock } from '@framegate/service-kit/clock';
import type { Source } from '@framegate/video-source';
import { describeSource } from '@framegate/video-source';
import { createCpuMeter } from './cpu-meter.ts';
import { areaMistakes } from './area-mistakes.ts';
import type { CameraStatus, SentFrame } from './camera-messages.ts';
import type { EdgeMemory } from './edge-memory.ts';
import { createLearningPlaces } from './learning-places.ts';
import type { LearningPlace } from './learning-places.ts';
import type { Admit, PublishingCamera } from './publishing-camera.ts';
import { publishCamera } from './publishing-camera.ts';
import { createSafety } from './safety.ts';

/** A camera as its site knows it. */
export interface SiteCamera {
  readonly source: Source;
  /** A smaller picture of the same view, watched for motion. */
  readonly watch?: Source | undefined;
  readonly intent: CameraIntent;
}

export interface EdgeSiteOptions {
  readonly site: string;
  readonly timezone: string;
  readonly instance: string;
  readonly cameras: readonly SiteCamera[];
  readonly bus: MessageBus;
  readonly clock: Clock;
  readonly memory: EdgeMemory;
  readonly pace: 'realtime' | 'none';
  readonly loop: boolean;
  readonly lossless: boolean;
  readonly admit?: Admit;
  /** How long a camera waits for its first configuration before it starts on its intent alone, milliseconds. */
  readonly configWaitMs: number;
  /** How long no controller must be heard until the cameras go to the site's own safe rung; absent or 0: never. */
  readonly safeAfterSeconds?: number;
  readonly observer: EdgeObserver;
  /** Absent: no traces. */
  readonly tracing?: Tracing | undefined;
}

/** Told of what happens, for metrics and logs. */
export interface EdgeObserver {
  onStatus(cameraId: string, status: CameraStatus): void;
  onFate(cameraId: string, fate: EdgeFate, frames: number): void;
  onSent(cameraId: string, frame: SentFrame): void;
  /** A broker has the frame, `ackMs` after it was sent. */
  onAcknowledged?(cameraId: string, frame: SentFrame, ackMs: number): void;
  /** A frame that passed the gate and that the bus did not take. */
  onRefusedFrame?(cameraId: string, seq: number, fate: EdgeFate, traceId: string | undefined): void;
  /** Frames that were stopped without being decoded. */
  onUndecoded?(cameraId: string, frames: number): void;
  /** No controller is heard, so the cameras go to the safe rung; or one is heard again. */
  onSafeRung?(isSafe: boolean): void;
  onRefused(topic: string, error: unknown): void;
  /** The last fates were not told before the end: an audit will miss them. */
  onUntold(error: unknown): void;
}

/** All cameras of one site, from their sources to the bus. */
export interface EdgeSite {
  telemetry(): EdgeTelemetry;
  /** Tells the bus what the cameras counted and what became of their frames; called each second. */
  report(): Promise<void>;
  /** Resolves when every camera's source has ended (files) and their frames have their fates. */
  readonly ended: Promise<void>;
  /** Stops the cameras, waits for what is under way, and tells the last fates. */
  close(): Promise<void>;
}

export async function startEdgeSite(options: EdgeSiteOptions): Promise<EdgeSite> {
  const { bus, clock, memory, observer } = options;
  const frames = await bus.producer(options.lossless ? {} : liveQueue);
  /** Of its own, because a fate is never dropped for a newer one, and is told when the last frame has its own. */
  const records = await bus.producer();
  const cloudClock = await followCloudClock(bus, { ...options, nowUs: clock.nowUs, producer: records });
  const safety = createSafety({
    nowUs: clock.nowUs,
    heardAtUs: cloudClock.heardAtUs,
    afterSeconds: options.lossless ? 0 : (options.safeAfterSeconds ?? 0),
    onChange: (isSafe) => observer.onSafeRung?.(isSafe),
  });
  const trace =
    options.tracing && createEdgeTracer(options.tracing, () => correctionUs(cloudClock.estimate()));
  const seeds = new Map(options.cameras.map(({ intent }) => [intent.cameraId, intent]));
  /** An operator's change has a higher revision than the site file; one that is no higher came from an older file. */
  const intentOf = (seed: CameraIntent, known: CameraIntent | undefined): CameraIntent =>
    known && known.revision > seed.revision ? known : seed;
  /** The newest intent of each camera that can be obeyed: one with a bad mask is refused, and the last stays. */
  const obeyed = new Map<string, CameraIntent>();
  const judged = new WeakSet<CameraIntent>();
  const judge = (intent: CameraIntent | undefined): void => {
    if (!intent || judged.has(intent)) return;
    judged.add(intent);
    const mistakes = areaMistakes(intent);
    if (mistakes.length === 0) obeyed.set(intent.cameraId, intent);
    else observer.onRefused(topicNames.cameraIntent, new Error(mistakes.join('; ')));
  };
  const cameras = new Map<string, PublishingCamera>();
  const configured = Promise.withResolvers<void>();

  const directory = await followDirectory(bus, {
    onRefused: observer.onRefused,
    onChange: (cameraId, { configs, intents }) => {
      const seed = seeds.get(cameraId);
      if (!seed) return;
      const config = configs.get(cameraId);
      judge(intents.get(cameraId));
      const intent = intentOf(seed, obeyed.get(cameraId));
      cameras.get(cameraId)?.configure(safety.limited(config ?? memory.config(cameraId)), intent);
      if (config) memory.rememberConfig(config);
      if ([...seeds.keys()].every((id) => configs.has(id))) configured.resolve();
    },
  });
  await seedIntents();
  await announce();
  await cloudClock.ask();
  await firstOf(configured.promise, options.configWaitMs);
  const compiled = Promise.withResolvers<void>();
  const learning = createLearningPlaces();
  let closing = false;
  const started = startCameras();
  await firstOf(started, startMs);

  async function startCameras(): Promise<void> {
    for (const [index, camera] of options.cameras.entries()) {
      const { watching } = intentOf(camera.intent, obeyed.get(camera.intent.cameraId));
      const place = watching === 'packets' && !options.lossless ? await learning.take() : undefined;
      if (closing) return;
      start(camera, place);
      // The first thread compiles what the others read.
      if (index === 0) await firstOf(compiled.promise, compileMs);
    }
  }

  async function seedIntents(): Promise<void> {
    for (const intent of seeds.values()) {
      const known = directory.intents.get(intent.cameraId);
      if (known && isDeepStrictEqual(intentOf(intent, known), known)) continue;
      await records.send(topicNames.cameraIntent, cameraIntentEvent.encode(intent));
    }
  }

  async function announce(): Promise<void> {
    const announcement: SiteAnnouncement = {
      site: options.site,
      timezone: options.timezone,
      cameras: options.cameras.map(({ source, intent }) => ({
        cameraId: intent.cameraId,
        source: describeSource(source),
      })),
      atUs: clock.nowUs(),
    };
    await records.send(topicNames.sites, siteAnnouncementEvent.encode(announcement));
  }

  function start({ source, watch, intent: seed }: SiteCamera, place: LearningPlace | undefined): void {
    const { cameraId } = seed;
    const epoch = nextEpoch(memory.epoch(cameraId), clock.nowUs());
    memory.rememberEpoch(cameraId, epoch);
    const camera = publishCamera({
      cameraId,
      source,
      watch,
      epoch,
      frames,
      records,
      clock,
      clockOffset: cloudClock.estimate,
      trace,
      pace: options.pace,
      loop: options.loop,
      lossless: options.lossless,
      admit: options.admit,
      config: configOf(cameraId),
      intent: intentOf(seed, obeyed.get(cameraId)),
      onStatus: (status) => {
        compiled.resolve();
        place?.onStatus(status);
        observer.onStatus(cameraId, status);
      },
      onFate: (fate, count) => observer.onFate(cameraId, fate, count),
      onSent: (frame) => observer.onSent(cameraId, frame),
      onAcknowledged: (frame, ackMs) => observer.onAcknowledged?.(cameraId, frame, ackMs),
      onRefusedFrame: (seq, fate, traceId) => observer.onRefusedFrame?.(cameraId, seq, fate, traceId),
      onUndecoded: (count) => {
        place?.free();
        observer.onUndecoded?.(cameraId, count);
      },
    });
    cameras.set(cameraId, camera);
  }

  function configOf(cameraId: string): CameraConfig | undefined {
    return safety.limited(directory.configs.get(cameraId) ?? memory.config(cameraId));
  }

  function judgeSafety(): void {
    if (!safety.turn()) return;
    for (const [cameraId, camera] of cameras) {
      const seed = seeds.get(cameraId);
      if (seed) camera.configure(configOf(cameraId), intentOf(seed, obeyed.get(cameraId)));
    }
  }

  // Not with the reports: while the broker is away they wait for it.
  const judging = setInterval(judgeSafety, judgeSafetyMs);

  const cpuShare = createCpuMeter();
  let roundTripMs: number | undefined;
  const telemetry = (): EdgeTelemetry => {
    const offset = cloudClock.estimate();
    const queuedBytes = [...cameras.values()].reduce((sum, camera) => sum + camera.queuedBytes(), 0);
    return {
      site: options.site,
      instance: options.instance,
      atUs: clock.nowUs(),
      cameras: [...cameras.values()].map((camera) => camera.telemetry()),
      cpuShare: cpuShare(),
      uplink: { queuedBytes, ...(roundTripMs === undefined ? {} : { roundTripMs }) },
      ...(offset && { clock: offset }),
      ...safety.telemetry(),
    };
  };
  const report = async (final = false): Promise<void> => {
    const current = telemetry();
    const event = edgeTelemetryEvent.encode(current);
    const fates = [...cameras.values()].map((camera) => camera.tellFates(final));
    const asked = final ? undefined : cloudClock.ask();
    const sent = records.send(siteTelemetryTopic(options.site), event).then(() => {
      roundTripMs = (clock.nowUs() - current.atUs) / 1000;
    });
    await Promise.all([sent, asked, ...fates]);
  };

  const all = (task: (camera: PublishingCamera) => Promise<void>): Promise<unknown> =>
    Promise.all([...cameras.values()].map(task));

  return {
    telemetry,
    report: () => report(),
    ended: started.then(() => all((camera) => camera.ended)).then(() => {}),
    async close() {
      closing = true;
      clearInterval(judging);
      learning.open();
      await started;
      // A silent camera ends only at its own time-out: the fates of the others are told without it.
      await firstOf(
        Promise.all([directory.close(), cloudClock.close(), all((camera) => camera.stop())]),
        stopCamerasMs,
      );
      // Frames that no broker takes by now are discarded, and told so.
      await frames.close({ drainTimeoutMs: drainFramesMs });
      await firstOf(
        all((camera) => camera.ended),
        settleFramesMs,
      );
      const told = report(true).catch((error: unknown) => observer.onUntold(error));
      await records.close({ drainTimeoutMs: tellFatesMs });
      await told;
    },
  };
}

const judgeSafetyMs = 1000;

/** What the start of the first camera may take before the others start anyway, milliseconds. */
const compileMs = 3000;
/** After which the site is up though cameras still wait to learn in their turn, milliseconds. */
const startMs = 4000;

/** Live frames that wait while the bus is away: about a second's worth a partition; older ones are of no use. */
const liveQueue = { maxQueuedMessages: 64, maxQueuedBytes: 16 * 1024 * 1024, onDrop: 'oldest' as const };

/** What a stop waits for cameras and a broker that don't answer, milliseconds; together below a process's deadline. */
const stopCamerasMs = 2500;
const drainFramesMs = 4000;
const settleFramesMs = 500;
const tellFatesMs = 1000;

async function firstOf(promise: Promise<unknown>, withinMs: number): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, withinMs);
  await Promise.race([promise, late]);
  clearTimeout(timer);
}
