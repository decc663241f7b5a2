import type { Arrival } from './arrivals.ts';
import type { HdrHistogram } from './hdr-histogram.ts';
import { createHdrHistogram } from './hdr-histogram.ts';

export interface LoadRun {
  readonly arrivals: Iterable<Arrival>;
  readonly nowUs: () => number;
  /** Resolves when it is that time, or a little later. */
  readonly waitUntilUs: (atUs: number) => Promise<void>;
  /** Begins a frame and resolves when it has come through; its time counts from when it was due. */
  readonly send: (arrival: Arrival, dueAtUs: number) => Promise<void>;
  /** Called after each turn; for a view. */
  readonly onTurn?: (counts: LoadCounts) => void;
  readonly signal?: AbortSignal;
}

export interface LoadCounts {
  readonly sent: number;
  readonly completed: number;
  readonly failed: number;
  /** How much later than due a frame was begun, µs: the generator's own fault. */
  readonly scheduleErrorUs: HdrHistogram;
  /** From when a frame was due until it had come through, µs. */
  readonly latencyUs: HdrHistogram;
  /** Reasons of failures, with how many. */
  readonly failures: ReadonlyMap<string, number>;
}

const leadUs = 100_000;

/**
 * An open loop: frames begin by schedule and wait for nobody. A latency counts from when its frame was due, so a system
 * that stalls is charged for every frame that it held up, also those that could not be begun in time: what Tene calls
 * coordinated omission can't happen.
 */
export async function runOpenLoop({
  arrivals,
  nowUs,
  waitUntilUs: wait,
  send,
  onTurn,
  signal,
}: LoadRun): Promise<LoadCounts> {
  const failures = new Map<string, number>();
  const counts = {
    sent: 0,
    completed: 0,
    failed: 0,
    scheduleErrorUs: createHdrHistogram(),
    latencyUs: createHdrHistogram(),
    failures,
  };
  const underWay = new Set<Promise<void>>();
  const startUs = nowUs() + leadUs;
  const follow = async (arrival: Arrival, dueAtUs: number): Promise<void> => {
    try {
      await send(arrival, dueAtUs);
      counts.completed += 1;
      counts.latencyUs.record(nowUs() - dueAtUs);
    } catch (error) {
      counts.failed += 1;
      const reason = error instanceof Error ? error.message : String(error);
      failures.set(reason, (failures.get(reason) ?? 0) + 1);
    }
  };
  for (const arrival of arrivals) {
    const dueAtUs = startUs + arrival.dueUs;
    if (nowUs() < dueAtUs) {
      onTurn?.(counts);
      await wait(dueAtUs);
    }
    if (signal?.aborted) break;
    counts.sent += 1;
    counts.scheduleErrorUs.record(nowUs() - dueAtUs);
    const following = follow(arrival, dueAtUs).finally(() => underWay.delete(following));
    underWay.add(following);
  }
  await Promise.all(underWay);
  onTurn?.(counts);
  return counts;
}

/**
 * Timers know whole milliseconds, so what is left below one is spent in turns of the event loop. Never resolves early;
 * a longer spin would cost more CPU than a frame does.
 */
export async function waitUntilUs(atUs: number, nowUs: () => number): Promise<void> {
  for (let waitMs = (atUs - nowUs()) / 1000; waitMs > 0; waitMs = (atUs - nowUs()) / 1000)
    await new Promise<void>((resolve) => {
      if (waitMs >= 1) setTimeout(resolve, Math.floor(waitMs));
      else setImmediate(resolve);
    });
}
