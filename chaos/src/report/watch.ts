import type { EdgeTelemetry } from '@framegate/contracts';
import { ContractError, edgeTelemetryEvent, latencyMs, siteTelemetryTopic } from '@framegate/contracts';
import type { MessageBus } from '@framegate/message-bus';
import type { RunObserver } from '@framegate/run-observer';
import { observeRun } from '@framegate/run-observer';
import type { Clock } from '@framegate/service-kit';

export interface LiveResult {
  /** When it was there, s since the start of the experiment. */
  readonly atSeconds: number;
  readonly cameraId: string;
  readonly latencyMs: number;
  readonly objectiveMs: number;
}

export interface SiteSample {
  readonly atSeconds: number;
  readonly spoolFrames: number;
  readonly queuedBytes: number;
  readonly captured: number;
}

/** What an experiment looks like from its topics, with times of its own. */
export interface Watch {
  readonly run: RunObserver;
  readonly results: readonly LiveResult[];
  /** Results of frames that came late, from the spool. */
  readonly late: readonly number[];
  readonly samples: readonly SiteSample[];
  /** Seconds since the start. */
  now(): number;
  /** From now on. */
  restart(): void;
  close(): Promise<void>;
}

export async function startWatch(bus: MessageBus, clock: Clock, site: string): Promise<Watch> {
  const run = await observeRun(bus, { nowUs: clock.nowUs, site });
  const results: LiveResult[] = [];
  const late: number[] = [];
  const samples: SiteSample[] = [];
  let startedUs = clock.nowUs();
  const secondsOf = (atUs: number): number => (atUs - startedUs) / 1e6;

  run.onDetection((detection) => {
    const atSeconds = secondsOf(detection.timesUs.emitted);
    const { cameraId, kind, objectiveMs } = detection;
    // What comes on top is load, not what is judged.
    if (!cameraId.startsWith(`${site}/`)) return;
    if (kind === 'backfill') late.push(atSeconds);
    if (kind === 'live') results.push({ atSeconds, cameraId, latencyMs: latencyMs(detection), objectiveMs });
  });
  const sampleOf = (telemetry: EdgeTelemetry): SiteSample => ({
    atSeconds: secondsOf(telemetry.atUs),
    spoolFrames: telemetry.spool?.frames ?? 0,
    queuedBytes: telemetry.uplink?.queuedBytes ?? 0,
    captured: telemetry.cameras.reduce((sum, { counts }) => sum + counts.captured, 0),
  });
  const subscription = await bus.subscribe({
    topics: [siteTelemetryTopic(site)],
    group: null,
    from: 'latest',
    handler: async (delivery) => {
      try {
        samples.push(sampleOf(edgeTelemetryEvent.decode(delivery)));
      } catch (error) {
        if (!(error instanceof ContractError)) throw error;
      }
    },
  });
  return {
    run,
    results,
    late,
    samples,
    now: () => secondsOf(clock.nowUs()),
    restart() {
      startedUs = clock.nowUs();
      for (const list of [results, late, samples]) list.splice(0);
    },
    async close() {
      await subscription.close();
      await run.close();
    },
  };
}
