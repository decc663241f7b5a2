import type { Detection } from '@framegate/contracts';
import type { StageTimes } from './observation.ts';

/** Means of the stages of the frames of a second. */
export interface StageMeans {
  /** @param ackMs from sending a frame to its acknowledgement, as the edge measures it */
  add(detection: Detection, ackMs: number | undefined): void;
  /** NaN for each stage when nothing was added. */
  take(): StageTimes;
}

export function createStageMeans(): StageMeans {
  const sums = { decode: 0, gate: 0, encode: 0, publish: 0, transport: 0, wait: 0, inference: 0, emit: 0 };
  let count = 0;
  return {
    add({ timesUs, workMs }, ackMs) {
      const sentMs = (timesUs.published - timesUs.encoded) / 1000;
      const carriedMs = (timesUs.received - timesUs.published) / 1000;
      // The consumer may have a frame before its sender has the acknowledgement.
      const ackedMs = Math.min(ackMs ?? 0, Math.max(0, carriedMs));
      count += 1;
      sums.decode += workMs.decode;
      sums.gate += workMs.gate;
      sums.encode += Math.max(workMs.encode, (timesUs.encoded - timesUs.gated) / 1000);
      sums.publish += sentMs + ackedMs;
      sums.transport += carriedMs - ackedMs;
      sums.wait += (timesUs.started - timesUs.received) / 1000;
      sums.inference += (timesUs.inferred - timesUs.started) / 1000;
      sums.emit += (timesUs.emitted - timesUs.inferred) / 1000;
    },
    take: () => ({
      decode: sums.decode / count,
      gate: sums.gate / count,
      encode: sums.encode / count,
      publish: sums.publish / count,
      transport: sums.transport / count,
      wait: sums.wait / count,
      inference: sums.inference / count,
      emit: sums.emit / count,
    }),
  };
}
