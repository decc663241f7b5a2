import { calibration } from './calibration.ts';
import type { EventQueue } from './event-queue.ts';
import type { Frame } from './frame.ts';
import type { StepFunction } from './step-function.ts';

/** Stores requests after a small latency, or when it is back, and hands their frames on. */
export interface Broker {
  /** `stored` runs when all of the request is stored. */
  append(request: readonly Frame[], stored: () => void): void;
  /** When something small that arrives at `atUs` is stored; Infinity when the broker stays away. */
  storedUs(atUs: number): number;
}

export interface BrokerOptions {
  readonly events: EventQueue;
  readonly latencyMs: number;
  readonly addedMs: StepFunction;
  readonly away: StepFunction;
  readonly onStored: (frame: Frame) => void;
  readonly onDelivered: (frame: Frame) => void;
}

export function createBroker(options: BrokerOptions): Broker {
  const { events, addedMs, away, latencyMs } = options;
  const storedUs = (atUs: number): number => {
    const startUs = away.at(atUs) > 0 ? away.nextChangeUs(atUs) : atUs;
    return startUs + (latencyMs + addedMs.at(startUs)) * 1e3;
  };
  return {
    storedUs,
    append(request, stored) {
      const atUs = storedUs(events.nowUs);
      if (!Number.isFinite(atUs)) return;
      events.at(atUs, () => {
        for (const frame of request) {
          frame.publishedAtUs = events.nowUs;
          options.onStored(frame);
        }
        events.at(events.nowUs + calibration.transportMs * 1e3, () => request.forEach(options.onDelivered));
        stored();
      });
    },
  };
}
