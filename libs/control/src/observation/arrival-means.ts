import type { ArrivalTimes } from '@framegate/contracts';
import type { ArrivalStageTimes } from './observation.ts';

/**
 * Means of what the frames of a second had behind them when they arrived, whatever became of them.
 * @param ackMs from sending a frame to its acknowledgement, as the edge measures it
 */
export function arrivalMeans(
  arrivals: readonly ArrivalTimes[],
  ackMs: number | undefined,
): ArrivalStageTimes {
  const mean = (of: (arrival: ArrivalTimes) => number): number =>
    arrivals.reduce((sum, arrival) => sum + of(arrival), 0) / arrivals.length;
  const acked = ({ carry }: ArrivalTimes): number => Math.min(ackMs ?? 0, Math.max(0, carry));
  return {
    decode: mean(({ decode }) => decode),
    gate: mean(({ gate }) => gate),
    encode: mean(({ encode }) => encode),
    publish: mean((arrival) => arrival.send + acked(arrival)),
    transport: mean((arrival) => arrival.carry - acked(arrival)),
  };
}
