import { createRandom } from './random.ts';
import type { SiteModel } from './scenario.ts';
import type { StepFunction } from './step-function.ts';

/** A site's clock, and what the cloud believes of it: estimated once a second, so a step is believed a second late. */
export interface ClockModel {
  /** The edge's stamp for a moment, µs. */
  stampUs(atUs: number): number;
  /** Estimates anew. */
  estimate(atUs: number): void;
  /** Cloud clock less edge clock, ms, known to +- `errorMs`. */
  readonly offsetMs: number;
  readonly errorMs: number;
  /** A stamp on the cloud's clock, as far as the cloud knows. */
  cloudUs(stampUs: number): number;
}

export function createClockModel(site: SiteModel, stepMs: StepFunction, seed: number): ClockModel {
  const random = createRandom(seed, 'clock', site.site);
  const aheadUs = (atUs: number): number =>
    site.clock.offsetMs * 1e3 + (site.clock.driftPpm / 1e6) * atUs + stepMs.at(atUs) * 1e3;
  // Request and response: the error is at most half the round trip, and less the more alike both ways are.
  const errorMs = site.uplink.delayMs + 1;
  let offsetMs = -aheadUs(0) / 1e3;
  return {
    stampUs: (atUs) => atUs + aheadUs(atUs),
    estimate: (atUs) => void (offsetMs = -aheadUs(atUs) / 1e3 + errorMs * 0.3 * (2 * random.uniform() - 1)),
    get offsetMs() {
      return offsetMs;
    },
    errorMs,
    cloudUs: (stampUs) => stampUs + offsetMs * 1e3,
  };
}
