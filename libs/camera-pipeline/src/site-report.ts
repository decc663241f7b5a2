import type { EdgeTelemetry, EventMessage } from '@framegate/contracts';
import type { FateTeller } from './fate-teller.ts';
import { firstOf } from './first-of.ts';

export interface ReportOptions {
  readonly nowUs: () => number;
  readonly sendTelemetry: () => Promise<unknown>;
  /** Asks for the cloud's time where that is due. */
  readonly askTime: () => Promise<void>;
  readonly fates: FateTeller;
  /** Takes what was not told yet. */
  readonly untold: (final: boolean) => EventMessage[];
}

/** What a site tells of itself each second. */
export interface SiteReport {
  /** Returns within the second, also while the bus is away; what could not be told goes with a later one. */
  second(): Promise<void>;
  last(): Promise<void>;
  uplink(queuedBytes: number): NonNullable<EdgeTelemetry['uplink']>;
}

const withinMs = 900;

export function createSiteReport(options: ReportOptions): SiteReport {
  const { nowUs, fates } = options;
  let roundTripMs: number | undefined;
  let sending: Promise<void> | undefined;
  let telling: Promise<void> | undefined;
  let asking: Promise<void> | undefined;

  const send = async (): Promise<void> => {
    const sentAtUs = nowUs();
    await options.sendTelemetry();
    roundTripMs = (nowUs() - sentAtUs) / 1000;
  };
  const tell = async (final: boolean): Promise<void> => {
    const messages = options.untold(final);
    if (messages.length > 0) await fates.tell(messages);
  };
  return {
    async second() {
      // Nothing piles up behind a bus that is away: the next report says more than the one that waits.
      telling ??= tell(false).finally(() => (telling = undefined));
      sending ??= send().finally(() => (sending = undefined));
      asking ??= options.askTime().finally(() => (asking = undefined));
      await firstOf(Promise.all([telling, sending, asking]), withinMs);
    },
    async last() {
      await Promise.all([tell(true), send()]);
    },
    uplink: (queuedBytes) => ({ queuedBytes, ...(roundTripMs === undefined ? {} : { roundTripMs }) }),
  };
}
