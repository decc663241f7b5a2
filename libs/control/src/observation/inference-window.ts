import type { InferenceTelemetry } from '@framegate/contracts';
import type { InferenceObservation } from './observation.ts';

/** What is known of one instance of the inference. */
export interface InferenceWindow {
  take(telemetry: InferenceTelemetry, heardAtUs: number): void;
  /** One for each of its models; the counts, which are the instance's, stand with the first. */
  observe(nowUs: number): InferenceObservation[];
  readonly heardAtUs: number;
}

export function createInferenceWindow(instance: string): InferenceWindow {
  let latest: InferenceTelemetry | undefined;
  /** The report that the last observation ended with. */
  let earlier: InferenceTelemetry | undefined;
  let heardAtUs = Number.NEGATIVE_INFINITY;

  return {
    take(telemetry, atUs) {
      if (latest && telemetry.atUs <= latest.atUs) return;
      // Counts that fall belong to a process that was started again.
      if (latest && telemetry.counts.received < latest.counts.received) earlier = undefined;
      latest = telemetry;
      heardAtUs = atUs;
    },
    observe(nowUs) {
      const now = latest;
      if (!now) return [];
      const before = earlier;
      earlier = now;
      const seconds = before ? (now.atUs - before.atUs) / 1e6 : 0;
      const none = { received: 0, analysed: 0, superseded: 0, expired: 0 };
      return (now.models ?? []).map((model, index) => {
        const busyBefore = before?.models?.find((one) => one.model === model.model)?.busyMs ?? model.busyMs;
        const capacityMs = seconds * 1000 * model.workers;
        return {
          instance,
          model: model.model,
          workers: model.workers,
          ownWorkers: true,
          batch: model.batch,
          maxBatch: model.maxBatch,
          serviceMs: model.serviceMs === 0 ? Number.NaN : model.serviceMs,
          busyShare: capacityMs > 0 ? Math.min(1, (model.busyMs - busyBefore) / capacityMs) : Number.NaN,
          mailboxDepth: model.mailboxDepth,
          headAgeMs: model.headAgeMs,
          ...(index === 0 && before ? countsSince(now, before) : none),
          telemetryAgeMs: Math.max(0, nowUs - heardAtUs) / 1000,
        };
      });
    },
    get heardAtUs() {
      return heardAtUs;
    },
  };
}

function countsSince({ counts }: InferenceTelemetry, { counts: before }: InferenceTelemetry) {
  return {
    received: counts.received - before.received,
    analysed: counts.analysed - before.analysed,
    superseded: counts.superseded - before.superseded,
    expired: counts.expired - before.expired,
  };
}
