import type { Rung } from './action.ts';
import type { ComputeCapacity } from './capacity/compute-capacity.ts';
import type { InferenceState } from './status/infer-status.ts';
import type { LeverName } from './declaration/declaration.ts';
import type { StandingQueue } from './capacity/standing-queue.ts';
import type { UplinkCapacity } from './capacity/uplink-capacity.ts';

/** All that the controller remembers: plain data, so that a restart or a standby continues from what was stored. */
export interface ControllerState {
  readonly cameras: Readonly<Record<string, CameraState>>;
  readonly sites: Readonly<Record<string, SiteState>>;
  readonly compute: Readonly<Record<string, ComputeCapacity>>;
  readonly cloud: CloudState;
  readonly service: ServiceState;
  readonly replicas: ReplicaState;
  readonly decisions: number;
  /** What Status & Causes Inference remembers; null before the first second. */
  readonly inference: InferenceState | null;
}

export interface CameraState {
  readonly site: string;
  /** What was last asked of it. */
  readonly rung: Rung;
  /** The newest configuration that a frame or a report came back under. */
  readonly version: number;
  /** A change that was not seen to be in force yet. */
  readonly awaiting: Awaiting | null;
  /** When it was switched in the last minute, µs. */
  readonly switchesUs: readonly number[];
  /** Share of its frames that show motion, 0..1, averaged. */
  readonly activity: number;
  /** The same in the last second. */
  readonly activityNow: number;
  readonly heardSeconds: number;
  /** Bytes of its frames as a multiple of what its profile says. */
  readonly bytesFactor: number;
  /** Levers that did not obey, and until when they are left alone. */
  readonly stuck: readonly { readonly lever: LeverName; readonly untilUs: number }[];
  /** For how long it has sent more frames than it may. */
  readonly tooManySeconds: number;
  readonly isSilent: boolean;
  readonly seenAtUs: number;
  readonly silentSinceUs: number | null;
}

export interface Awaiting {
  readonly sinceUs: number;
  /** In force when the change was asked for. */
  readonly version: number;
  readonly from: Rung;
}

/** What is shared by the cameras of a place: kept apart for each site, and once for the cloud. */
export interface Feedback {
  /** Factor on the capacity that was measured, while results are late although the capacity should do. */
  readonly trim: number;
  /** Since when nothing was in danger; null while something is. */
  readonly calmSinceUs: number | null;
  readonly cutAtUs: number;
  readonly raisedAtUs: number;
}

export interface SiteState {
  readonly uplink: UplinkCapacity;
  readonly queue: StandingQueue;
  readonly feedback: Feedback;
  readonly rebalancedAtUs: number;
  /** Latencies of the last second: the objective is judged over two. */
  readonly latenciesMs: readonly number[];
  /** Mean of its frames, and the least round trip to the broker lately. */
  readonly frameBytes: number;
  readonly roundTripMs: number;
}

export interface CloudState {
  readonly queue: StandingQueue;
  readonly feedback: Feedback;
}

export interface ServiceState {
  readonly actedAtUs: number;
  /** Milliseconds of workers each second that each model was wanted for in its last turns; absent before the first. */
  readonly wanted?: Readonly<Record<string, readonly number[]>>;
  /** When a camera's model was last changed; absent before the first time. */
  readonly modelChangedAtUs?: number;
}

export interface ReplicaState {
  /** What the load needs; others may read it when they own scaling. */
  readonly wanted: number;
  readonly asked: number | null;
  /** What the best settings would keep busy, in replicas, smoothed; absent before the first second. */
  readonly load?: number;
  readonly aboveSinceUs: number | null;
  readonly belowSinceUs: number | null;
  readonly actedAtUs: number;
}
