/** How a run went over time, as `/v1/promise/history` tells it. */

/** What the levers stood at, each as a share (0..1) of what operators want; means over all cameras. */
export interface LeverShares {
  readonly frameRate: number;
  readonly width: number;
  readonly quality: number;
}

/** What happened in some seconds. Null: nothing to say. */
export interface HistoryPoint {
  /** When it began, µs since the Unix epoch. */
  readonly atUs: number;
  readonly seconds: number;
  /** Results of live frames, and their latency, ms. */
  readonly results: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  /** Their latency as a percentage of the objective of their own camera: above 100 is late. */
  readonly p50Percent: number | null;
  readonly p95Percent: number | null;
  readonly p99Percent: number | null;
  /** The strictest objective of those results. */
  readonly objectiveMs: number | null;
  /** Live frames whose fate became known, and those of them that were on time. */
  readonly due: number;
  readonly onTime: number;
  /** How many of them the promises of their cameras allow to be late. */
  readonly allowedLate: number;
  /** Whether more were late than that. */
  readonly violated: boolean;
  /** Means over the results, ms, in the order of `stages`. */
  readonly stagesMs: readonly number[];
  readonly captured: number;
  readonly stopped: number;
  readonly published: number;
  readonly analysed: number;
  /** Received frames that nobody looked at: superseded, expired or failed. */
  readonly passedOver: number;
  readonly publishedBytes: number;
  /** What the frames that the gate stopped would have weighed, each taken as the mean of those sent. */
  readonly savedBytes: number;
  readonly levers: LeverShares | null;
  /** Of the inference: largest batch, and workers of one instance. */
  readonly batch: number | null;
  readonly workers: number | null;
}
