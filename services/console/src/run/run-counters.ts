import type { CloudCounts, EdgeTelemetry } from '@framegate/contracts';

/** What was counted since it was asked last. */
export interface Counted {
  readonly captured: number;
  readonly stopped: number;
  readonly published: number;
  readonly publishedBytes: number;
  readonly analysed: number;
  readonly passedOver: number;
}

export interface RunCounters {
  edge(telemetry: EdgeTelemetry): void;
  /** @param cloud the sums of all instances */
  take(cloud: CloudCounts): Counted;
}

type EdgeSums = Pick<Counted, 'captured' | 'stopped' | 'published' | 'publishedBytes'>;
const nothing: EdgeSums = { captured: 0, stopped: 0, published: 0, publishedBytes: 0 };

/**
 * Turns counts since the start of each camera and instance into what happened since the last look. What a camera had
 * counted before it was heard for the first time happened before, too.
 */
export function createRunCounters(): RunCounters {
  const last = new Map<string, EdgeSums>();
  let grown = nothing;
  let cloudBefore: CloudCounts | undefined;

  return {
    edge({ cameras }) {
      for (const { cameraId, epoch, counts, publishedBytes } of cameras) {
        const key = `${cameraId}/${epoch}`;
        const { captured, stopped } = counts;
        const sums = { captured, stopped, published: counts.published + counts.backfilled, publishedBytes };
        const before = last.get(key) ?? sums;
        last.set(key, sums);
        grown = added(grown, sums, before);
      }
    },
    take(cloud) {
      const before = cloudBefore ?? cloud;
      cloudBefore = cloud;
      const edge = grown;
      grown = nothing;
      return {
        ...edge,
        analysed: growth(cloud.analysed, before.analysed),
        passedOver: growth(passedOver(cloud), passedOver(before)),
      };
    },
  };
}

function added(sum: EdgeSums, now: EdgeSums, before: EdgeSums): EdgeSums {
  return {
    captured: sum.captured + growth(now.captured, before.captured),
    stopped: sum.stopped + growth(now.stopped, before.stopped),
    published: sum.published + growth(now.published, before.published),
    publishedBytes: sum.publishedBytes + growth(now.publishedBytes, before.publishedBytes),
  };
}

function growth(now: number, before: number): number {
  return Math.max(0, now - before);
}

function passedOver({ superseded, expired, failed }: CloudCounts): number {
  return superseded + expired + failed;
}
