/**
 * What the controller sees in one second, already joined from telemetry, detections and outcomes, with latencies
 * corrected by the sites' clock offsets. Plain data: the simulator makes the same. A number that was not measured
 * is NaN, a part that was not heard of is absent.
 */
export interface Observation {
  /** The controller's clock, µs. */
  readonly atUs: number;
  readonly cameras: readonly CameraObservation[];
  readonly sites: readonly SiteObservation[];
  readonly inference: readonly InferenceObservation[];
}

/** The stages of a frame's way, each with the mean of its time in this second, ms. */
export interface StageTimes {
  readonly decode: number;
  readonly gate: number;
  readonly encode: number;
  /** Encoded until acknowledged by the broker: queue at the edge, uplink, broker. */
  readonly publish: number;
  /** Acknowledged until in the mailbox. */
  readonly transport: number;
  readonly wait: number;
  readonly inference: number;
  readonly emit: number;
}

/** The stages that a frame has behind it when it arrives. */
export type ArrivalStageTimes = Pick<StageTimes, 'decode' | 'gate' | 'encode' | 'publish' | 'transport'>;

export interface CameraObservation {
  readonly cameraId: string;
  readonly site: string;
  /** Of the configuration that the samples below were taken under; older samples are left out. */
  readonly configVersion: number;
  readonly state: 'connecting' | 'online' | 'offline' | 'ended';
  readonly objectiveMs: number;
  /** Of the live results that were emitted in this second, ms, corrected. */
  readonly latenciesMs: readonly number[];
  /** Live frames whose fate became known in this second. */
  readonly due: number;
  readonly onTime: number;
  readonly superseded: number;
  readonly expired: number;
  readonly failed: number;
  /** At the edge in this second. */
  readonly captured: number;
  readonly published: number;
  /** Frames that did not leave live: given up, or kept in the spool. */
  readonly discarded: number;
  /** Of those, what was encoded and could not leave while it was fresh; absent: not told. */
  readonly madeWay?: number;
  readonly publishedBytes: number;
  readonly stageMs: StageTimes;
  /**
   * The same for all frames that arrived, whatever became of them: when every frame expires, nothing else tells where
   * the time went. `decode` here holds the wait for a core, too. Absent: `stageMs` must do.
   */
  readonly arrivalStageMs?: ArrivalStageTimes;
  /** Age of the newest telemetry of this camera, ms. */
  readonly telemetryAgeMs: number;
  /** What its profile says that its setting finds, 0..1; absent or NaN without a profile. */
  readonly accuracy?: number;
}

export interface SiteObservation {
  readonly site: string;
  /** Busy share of the edge's cores, 0..1. */
  readonly cpuShare: number;
  /** Bytes a second that left, and bytes that wait to leave. */
  readonly uplinkBytesPerSecond: number;
  readonly uplinkQueueBytes: number;
  /** Round trip of a small message to the broker, ms. */
  readonly brokerRoundTripMs: number;
  /** Cloud clock less edge clock, ms, known to +- `clockErrorMs`. */
  readonly clockOffsetMs: number;
  readonly clockErrorMs: number;
  readonly telemetryAgeMs: number;
}

export interface InferenceObservation {
  readonly instance: string;
  readonly model: string;
  readonly workers: number;
  /** The workers serve this model only; absent: all models of the instance share them. */
  readonly ownWorkers?: boolean;
  readonly batch: number;
  /** The most that its model takes in one run; absent: any. */
  readonly maxBatch?: number;
  /** Of one batch, ms. */
  readonly serviceMs: number;
  /** Busy share of its workers, 0..1. */
  readonly busyShare: number;
  readonly mailboxDepth: number;
  readonly headAgeMs: number;
  /** In this second. */
  readonly received: number;
  readonly analysed: number;
  readonly superseded: number;
  readonly expired: number;
  readonly telemetryAgeMs: number;
}
