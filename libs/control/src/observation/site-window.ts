import type { EdgeTelemetry } from '@framegate/contracts';
import type { SiteObservation } from './observation.ts';

/** What is known of one site. */
export interface SiteWindow {
  /** False for a report that is not newer than the last one of its instance. */
  take(telemetry: EdgeTelemetry, heardAtUs: number): boolean;
  /** What was not heard since the last time is NaN. */
  observe(nowUs: number): SiteObservation;
  readonly heardAtUs: number;
}

interface Heard {
  readonly telemetry: EdgeTelemetry;
  readonly bytes: number;
}

export function createSiteWindow(site: string): SiteWindow {
  let latest: Heard | undefined;
  let bytesPerSecond = Number.NaN;
  let isFresh = false;
  let heardAtUs = Number.NEGATIVE_INFINITY;

  return {
    take(telemetry, atUs) {
      const before = latest?.telemetry;
      const same = before?.instance === telemetry.instance;
      if (same && telemetry.atUs <= before.atUs) return false;
      const bytes = telemetry.cameras.reduce((sum, camera) => sum + camera.publishedBytes, 0);
      if (same && latest) {
        const seconds = (telemetry.atUs - before.atUs) / 1e6;
        // A camera that has begun a new epoch counts from zero again.
        bytesPerSecond = Math.max(0, bytes - latest.bytes) / seconds;
      }
      latest = { telemetry, bytes };
      heardAtUs = atUs;
      isFresh = true;
      return true;
    },
    observe(nowUs) {
      const { offsetUs = Number.NaN, errorUs = Number.NaN } = latest?.telemetry.clock ?? {};
      // A second is told of once: a report that is late is no measurement of the seconds in which it was missed.
      const told = isFresh ? latest?.telemetry : undefined;
      isFresh = false;
      return {
        site,
        cpuShare: told?.cpuShare ?? Number.NaN,
        uplinkBytesPerSecond: told ? bytesPerSecond : Number.NaN,
        uplinkQueueBytes: told?.uplink?.queuedBytes ?? Number.NaN,
        brokerRoundTripMs: told?.uplink?.roundTripMs ?? Number.NaN,
        clockOffsetMs: offsetUs / 1000,
        clockErrorMs: errorUs / 1000,
        telemetryAgeMs: Math.max(0, nowUs - heardAtUs) / 1000,
      };
    },
    get heardAtUs() {
      return heardAtUs;
    },
  };
}
