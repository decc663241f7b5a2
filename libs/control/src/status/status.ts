/** Where trouble can sit; each is a place in the dependency graph with a site or instance behind it. */
export const causes = [
  'camera',
  'edge-cpu',
  'encode',
  'uplink',
  'broker',
  'mailbox',
  'inference-compute',
  'clock',
] as const;
export type Cause = (typeof causes)[number];

/** One measured fact that speaks for a cause, as numbers and as a sentence's part: "publish 412 ms, usually 9 ms". */
export interface Evidence {
  readonly signal: string;
  readonly value: number;
  readonly usual: number;
  readonly text: string;
}

export interface Blame {
  readonly cause: Cause;
  /** Site, camera or instance, as the cause has it; empty for the cloud as a whole. */
  readonly at: string;
  /** 0..1. */
  readonly confidence: number;
  readonly evidence: readonly Evidence[];
}

/** How one SLO stands. Burn rate 1 uses the error budget up exactly by the end of its window. */
export interface SloStatus {
  readonly slo: string;
  readonly value: number;
  readonly objective: number;
  readonly burnRateShort: number;
  readonly burnRateLong: number;
  readonly state: 'kept' | 'in-danger' | 'violated';
  /** The cameras in its scope that break it. */
  readonly cameras: readonly string[];
}

/** What Status & Causes Inference says of one observation; blames with the likeliest first, none while all is well. */
export interface Status {
  readonly atUs: number;
  readonly slos: readonly SloStatus[];
  readonly blames: readonly Blame[];
}
