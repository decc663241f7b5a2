import type { CameraConfig, EdgeTelemetry } from '@framegate/contracts';
import { correctionUs, edgeTelemetryEvent, nextEpoch, siteTelemetryTopic } from '@framegate/contracts';
import { createEdgeTracer } from '@framegate/frame-trace';
import { createCameraOrders } from './camera-orders.ts';
import { createCpuMeter } from './cpu-meter.ts';
import type { EdgeSiteOptions, SiteCamera } from './edge-site-options.ts';
import type { EpochAccount } from './epoch-account.ts';
import { firstOf } from './first-of.ts';
import type { LearningPlace } from './learning-places.ts';
import { createLearningPlaces } from './learning-places.ts';
import type { PublishingCamera } from './publishing-camera.ts';
import { publishCamera } from './publishing-camera.ts';
import { createSafety } from './safety.ts';
import { createSiteAccounts } from './site-accounts.ts';
import { connectSite } from './site-connection.ts';
import { openSiteDelivery } from './site-delivery.ts';
import { createSiteReport } from './site-report.ts';

/** All cameras of one site, from their sources to the bus. */
export interface EdgeSite {
  telemetry(): EdgeTelemetry;
  /** Tells the bus what the cameras counted and what became of their frames; called each second. */
  report(): Promise<void>;
  /**
   * Resolves when every camera's source has ended (files) and their frames have their fates or are in the spool; rejects
   * when the bus refuses this site.
   */
  readonly ended: Promise<void>;
  /** Stops the cameras, waits for what is under way, and tells the last fates. */
  close(): Promise<void>;
}

export async function startEdgeSite(options: EdgeSiteOptions): Promise<EdgeSite> {
  const { bus, clock, memory, observer } = options;
  const accounts = createSiteAccounts(clock.nowUs(), observer.onFate);
  const delivery = await openSiteDelivery({
    ...options,
    spool: options.spool,
    accounts,
    nowUs: clock.nowUs,
    trouble: observer,
  });
  /** For what is neither a frame nor a fate. */
  const records = await bus.producer();
  const cameras = new Map<string, PublishingCamera>();
  const orders = createCameraOrders({
    seeds: options.cameras.map(({ intent }) => intent),
    memory,
    onRefused: observer.onRefused,
    onChange: (id) => cameras.get(id)?.configure(configOf(id), orders.intent(id)),
  });
  const { clock: cloudClock, connected } = connectSite(options, orders, records);
  const safety = createSafety({
    nowUs: clock.nowUs,
    heardAtUs: () => cloudClock()?.heardAtUs() ?? Number.NEGATIVE_INFINITY,
    afterSeconds: options.lossless ? 0 : (options.safeAfterSeconds ?? 0),
    onChange: (isSafe) => observer.onSafeRung?.(isSafe),
  });
  let closing = false;
  const trace =
    options.tracing && createEdgeTracer(options.tracing, () => correctionUs(cloudClock()?.estimate()));

  // Without the bus nobody is told; the cameras are watched all the same where their frames can be kept.
  await (delivery.spool ? firstOf(connected, connectMs) : connected);
  await firstOf(orders.configured, options.configWaitMs);
  const compiled = Promise.withResolvers<void>();
  const learning = createLearningPlaces();
  const started = startCameras();
  await firstOf(started, startMs);

  // Not with the reports: while the broker is away they wait for it.
  const judging = setInterval(judgeSafety, judgeSafetyMs);

  function configOf(cameraId: string): CameraConfig | undefined {
    return safety.limited(orders.config(cameraId));
  }

  function judgeSafety(): void {
    if (!safety.turn()) return;
    for (const [id, camera] of cameras) camera.configure(configOf(id), orders.intent(id));
  }

  async function startCameras(): Promise<void> {
    for (const [index, camera] of options.cameras.entries()) {
      const { watching } = orders.intent(camera.intent.cameraId);
      const place = watching === 'packets' && !options.lossless ? await learning.take() : undefined;
      if (closing) return;
      start(camera, place);
      // The first thread compiles what the others read.
      if (index === 0) await firstOf(compiled.promise, compileMs);
    }
  }

  function start(
    { source, watch, intent: { cameraId } }: SiteCamera,
    place: LearningPlace | undefined,
  ): void {
    const epoch = nextEpoch(memory.epoch(cameraId), clock.nowUs());
    memory.rememberEpoch(cameraId, epoch);
    const camera = publishCamera({
      ...options,
      ...delivery,
      account: accounts.open(cameraId, epoch),
      source,
      watch,
      admit: options.admit,
      clockOffset: () => cloudClock()?.estimate(),
      trace,
      config: configOf(cameraId),
      intent: orders.intent(cameraId),
      onStatus: (status) => {
        compiled.resolve();
        place?.onStatus(status);
        observer.onStatus(cameraId, status);
      },
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

  const cpuShare = createCpuMeter();
  const telemetry = (): EdgeTelemetry => {
    const offset = cloudClock()?.estimate();
    const earlier = accounts.earlier();
    return {
      site: options.site,
      instance: options.instance,
      atUs: clock.nowUs(),
      cameras: [...cameras.values()].map((camera) => camera.telemetry()),
      ...(earlier.length > 0 && { earlier }),
      ...(delivery.spool && { spool: delivery.spool.state(clock.nowUs() / 1000) }),
      cpuShare: cpuShare(),
      uplink: report.uplink(delivery.uplink.queuedBytes()),
      ...(offset && { clock: offset }),
      ...safety.telemetry(),
    };
  };
  const isComplete = (account: EpochAccount): boolean =>
    cameras.get(account.cameraId)?.isComplete(account) ?? false;
  const report = createSiteReport({
    nowUs: clock.nowUs,
    sendTelemetry: () =>
      records.send(siteTelemetryTopic(options.site), edgeTelemetryEvent.encode(telemetry())),
    askTime: async () => cloudClock()?.ask(),
    fates: delivery.fates,
    untold: (final) =>
      [...accounts.all()].flatMap((account) => account.untold(clock.nowUs(), final && isComplete(account))),
  });
  const all = (task: (camera: PublishingCamera) => Promise<void>): Promise<unknown> =>
    Promise.all([...cameras.values()].map(task));
  const refused = new Promise<never>((_resolve, reject) => {
    connected.catch(
      (error: unknown) => closing || reject(error instanceof Error ? error : new Error(String(error))),
    );
  });

  return {
    telemetry,
    async report() {
      await Promise.all([report.second(), delivery.spool?.trim()]);
    },
    ended: Promise.race([refused, started.then(() => all((camera) => camera.ended)).then(() => {})]),
    async close() {
      closing = true;
      clearInterval(judging);
      learning.open();
      await started;
      // A silent camera ends only at its own time-out: the fates of the others are told without it.
      await firstOf(
        Promise.all([orders.close(), cloudClock()?.close(), all((camera) => camera.stop())]),
        stopCamerasMs,
      );
      await delivery.closeFrames();
      await firstOf(
        all((camera) => camera.ended),
        settleFramesMs,
      );
      const told = report.last().catch((error: unknown) => observer.onUntold(error));
      await Promise.all([records.close({ drainTimeoutMs: lastReportMs }), firstOf(told, lastReportMs)]);
      await delivery.close();
      await told;
    },
  };
}

const judgeSafetyMs = 1000;

/** What the start of the first camera may take before the others start anyway, milliseconds. */
const compileMs = 3000;
/** After which the site is up though cameras still wait to learn in their turn, milliseconds. */
const startMs = 4000;
/** After which cameras start without the bus, milliseconds. */
const connectMs = 5000;
/** What a stop waits for cameras, and for a broker that doesn't answer, milliseconds. */
const stopCamerasMs = 2500;
const settleFramesMs = 500;
const lastReportMs = 1000;
