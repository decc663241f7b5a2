import { quantileOf } from '@framegate/control';
import type { Frame } from './frame.ts';

/** What really happened to the promise, whatever telemetry says. Meanings as in `libs/control/src/slo/slo-account.ts`. */
export interface Truth {
  published(frame: Frame): void;
  analysed(frame: Frame, emittedAtUs: number): void;
  superseded(frame: Frame): void;
  account(): CameraAccount[];
}

export interface CameraAccount {
  /** For each second of capture. */
  readonly due: Uint16Array;
  readonly dueTotal: number;
  readonly onTime: number;
  /** Without superseded frames for which a newer one stands. */
  readonly onTimeResults: number;
  readonly analysed: number;
  /** Sum of the accuracies of the results that were on time. */
  readonly usefulFrames: number;
  readonly publishedBytes: number;
  /** For each second of capture: 1 where the promise was broken. */
  readonly violated: Uint8Array;
  readonly violationSeconds: number;
  readonly latenciesMs: readonly number[];
}

interface Record {
  readonly due: Uint16Array;
  readonly results: Result[];
  readonly superseded: number[];
  dueTotal: number;
  bytes: number;
}

interface Result {
  readonly capturedAtUs: number;
  readonly latencyMs: number;
  readonly accuracy: number;
}

/** @param objectivesMs of each camera */
export function createTruth(objectivesMs: readonly number[], durationSeconds: number): Truth {
  const seconds = Math.ceil(durationSeconds);
  const records = objectivesMs.map((): Record => ({
    due: new Uint16Array(seconds),
    results: [],
    superseded: [],
    dueTotal: 0,
    bytes: 0,
  }));
  return {
    published({ camera, capturedAtUs, bytes }) {
      const record = records[camera];
      if (!record) return;
      record.dueTotal += 1;
      record.bytes += bytes;
      const second = Math.floor(capturedAtUs / 1e6);
      record.due[second] = (record.due[second] ?? 0) + 1;
    },
    analysed({ camera, capturedAtUs, accuracy }, emittedAtUs) {
      records[camera]?.results.push({
        capturedAtUs,
        latencyMs: (emittedAtUs - capturedAtUs) / 1e3,
        accuracy,
      });
    },
    superseded: ({ camera, capturedAtUs }) => void records[camera]?.superseded.push(capturedAtUs),
    account: () => records.map((record, camera) => accountOf(record, objectivesMs[camera] ?? 0)),
  };
}

function accountOf(record: Record, objectiveMs: number): CameraAccount {
  const results = record.results.toSorted((a, b) => a.capturedAtUs - b.capturedAtUs);
  const onTime = results.filter(({ latencyMs }) => latencyMs <= objectiveMs);
  const violated = violatedSeconds(record.due, results, objectiveMs);
  return {
    due: record.due,
    dueTotal: record.dueTotal,
    onTimeResults: onTime.length,
    onTime: onTime.length + countStoodFor(record.superseded, results, objectiveMs),
    analysed: results.length,
    usefulFrames: onTime.reduce((sum, { accuracy }) => sum + accuracy, 0),
    publishedBytes: record.bytes,
    violated,
    violationSeconds: violated.reduce((sum, one) => sum + one, 0),
    latenciesMs: results.map(({ latencyMs }) => latencyMs),
  };
}

/** Superseded frames for which a newer one had its result within their own objective. */
function countStoodFor(
  superseded: readonly number[],
  results: readonly Result[],
  objectiveMs: number,
): number {
  const earliestFrom = new Float64Array(results.length + 1).fill(Infinity);
  for (let i = results.length - 1; i >= 0; i--) {
    const { capturedAtUs, latencyMs } = results[i] ?? { capturedAtUs: 0, latencyMs: Infinity };
    earliestFrom[i] = Math.min(earliestFrom[i + 1] ?? Infinity, capturedAtUs + latencyMs * 1e3);
  }
  let newer = 0;
  return superseded
    .toSorted((a, b) => a - b)
    .filter((capturedAtUs) => {
      while ((results[newer]?.capturedAtUs ?? Infinity) <= capturedAtUs) newer += 1;
      return (earliestFrom[newer] ?? Infinity) <= capturedAtUs + objectiveMs * 1e3;
    }).length;
}

function violatedSeconds(due: Uint16Array, results: readonly Result[], objectiveMs: number): Uint8Array {
  const latencies: number[][] = Array.from(due, () => []);
  for (const { capturedAtUs, latencyMs } of results)
    latencies[Math.floor(capturedAtUs / 1e6)]?.push(latencyMs);
  return Uint8Array.from(due, (count, second) => {
    if (count === 0) return 0;
    const own = latencies[second] ?? [];
    if (own.length === 0) return 1;
    return quantileOf([...(latencies[second - 1] ?? []), ...own], 0.95) > objectiveMs ? 1 : 0;
  });
}
