import type { Rung } from '@framegate/control';
import type { Disturbance } from './disturbance.ts';

/** A pipeline and what happens to it: plain data. What is random in it is drawn from the seed of a run. */
export interface Scenario {
  readonly name: string;
  /** One sentence for people. */
  readonly title: string;
  readonly durationSeconds: number;
  readonly cameras: readonly CameraModel[];
  readonly sites: readonly SiteModel[];
  readonly cloud: CloudModel;
  readonly ladder: Ladder;
  readonly disturbances: readonly Disturbance[];
}

export interface CameraModel {
  /** `<site>/<camera>`. */
  readonly cameraId: string;
  readonly sourceFramesPerSecond: number;
  readonly sourceWidth: number;
  readonly objectiveMs: number;
  /** Relative share among cameras of equal priority; 1 is the most important priority. */
  readonly weight: number;
  readonly priority: number;
  /** Motion goes on and off, both exponential. */
  readonly motion: { readonly meanOnSeconds: number; readonly meanOffSeconds: number };
  /** Of its objects: height as a share of the picture's width, speed in picture widths a second. */
  readonly objects: { readonly size: number; readonly speed: number };
  /** Setting at the start. */
  readonly initial: Rung;
  /** Present from and until, seconds of the run. */
  readonly fromSeconds?: number;
  readonly untilSeconds?: number;
}

export interface SiteModel {
  readonly site: string;
  readonly cores: number;
  readonly uplink: {
    readonly bitsPerSecond: number;
    readonly delayMs: number;
  };
  readonly partitions: number;
  /** Frames that wait to be sent, of each partition; the oldest make room, as `edge-site.ts` has it. */
  readonly queue: {
    readonly maxMessages: number;
    readonly maxBytes: number;
    /** Part of the objective for which a frame waits; then only while it is the newest of its camera. */
    readonly freshShare: number;
    /** Nothing waits for longer: what a dead link keeps goes to the spool, as `site-delivery.ts` has it. */
    readonly maxWaitMs: number;
  };
  /** Of its clock against the cloud's, at the start, and drift in parts per million. */
  readonly clock: { readonly offsetMs: number; readonly driftPpm: number };
}

export interface CloudModel {
  readonly replicas: number;
  readonly maxReplicas: number;
  /** Of each replica. */
  readonly workers: number;
  readonly batch: number;
  readonly models: readonly ModelFigures[];
  readonly brokerMs: number;
  /** From the wish to a replica that takes frames. */
  readonly replicaStartSeconds: number;
  /** How long a group pauses that lost a member, that gained one, and that one left in good order. */
  readonly rebalanceSeconds: { readonly lost: number; readonly joined: number; readonly left: number };
  /** From a decision to the edge, beside the link's delay. */
  readonly configDelayMs: number;
  /** From the edge to the controller, beside the link's delay; and the share that never comes. */
  readonly telemetry: { readonly delayMs: number; readonly lossShare: number };
}

/** `inputWidth` is the side of the model's input, px; `serviceMs` of one frame on one worker, JPEG decode included. */
export interface ModelFigures {
  readonly model: string;
  readonly inputWidth: number;
  readonly serviceMs: number;
}

/** The settings that a camera's levers have, each from the least to the most costly. */
export interface Ladder {
  readonly framesPerSecond: readonly number[];
  readonly widths: readonly number[];
  readonly qualities: readonly number[];
  readonly models: readonly string[];
}

export function siteOfCamera(cameraId: string): string {
  return cameraId.slice(0, Math.max(0, cameraId.indexOf('/')));
}
