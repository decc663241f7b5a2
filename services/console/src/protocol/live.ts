/** What server and browser say to each other over `/v1/live`. The browser's bundle is built from this file, too. */

/** x, y, width, height in source pixels. */
export type Box = readonly [x: number, y: number, width: number, height: number];

export interface SeenObject {
  readonly box: Box;
  readonly className: string;
  /** 0..1 */
  readonly score: number;
  readonly zones: readonly string[];
}

/** What is told of a picture beside its JPEG. Times: µs since the Unix epoch by the cloud's clock. */
export interface PictureHeader {
  /** Number of the message on this connection, which the browser acknowledges when it has drawn it. */
  readonly number: number;
  readonly cameraId: string;
  readonly kind: 'live' | 'preroll' | 'keepalive' | 'backfill';
  readonly capturedAtUs: number;
  readonly sourceWidth: number;
  readonly sourceHeight: number;
  /** Where the gate saw motion. */
  readonly regions: readonly Box[];
  /** Null while nothing has looked at the frame: no detector answers, or it was passed over. */
  readonly objects: readonly SeenObject[] | null;
  /** Capture to detection, ms; null without detection. */
  readonly latencyMs: number | null;
}

export type CameraState = 'live' | 'adapting' | 'stale' | 'offline' | 'spooling' | 'connecting';

/** What holds of a camera now. Rates are per second; null is what is not known yet. */
export interface CameraStanding {
  readonly cameraId: string;
  readonly state: CameraState;
  /** Why it is not simply live; empty when it is. */
  readonly reason: string;
  readonly capturedPerSecond: number;
  readonly publishedPerSecond: number;
  /** Share of the captured frames that the gate stopped, 0..1. */
  readonly gatedShare: number | null;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  /** What is promised of it, by its name: the SLO file's word, or else what is wanted of it. */
  readonly slo: string;
  readonly objectiveMs: number;
  /** Share of due frames that must be on time, 0..1. */
  readonly target: number;
  /** Objects by class in the newest result. */
  readonly objects: Readonly<Record<string, number>>;
  readonly intentRevision: number;
}

export interface NamedPolygon {
  readonly name: string;
  /** Fractions (0..1) of the picture's width and height. */
  readonly polygon: readonly (readonly [x: number, y: number])[];
}

export interface CameraAreas {
  readonly cameraId: string;
  readonly motionMasks: readonly NamedPolygon[];
  readonly privacyMasks: readonly NamedPolygon[];
  readonly zones: readonly NamedPolygon[];
}

/** `idle`: nothing was due. `recovering`: kept again, after too much was late in the last minute. */
export type Verdict = 'idle' | 'kept' | 'recovering' | 'in-danger' | 'violated';

/** What is promised of some cameras. */
export interface Promised {
  /** Name of the SLO; where none is declared, of what is wanted of the cameras. */
  readonly slo: string;
  readonly objectiveMs: number;
  /** Share of due frames that must be on time, 0..1. */
  readonly target: number;
  readonly cameras: number;
}

export interface PromiseStanding {
  readonly verdict: Verdict;
  /** The strictest objective first. */
  readonly promises: readonly Promised[];
  /** The strictest of all cameras. */
  readonly objectiveMs: number | null;
  /** Of the last minute; null where nothing was due. */
  readonly onTimeShare: number | null;
  /** Of the last ten seconds; as a percentage, of the objective of each result's own camera. */
  readonly p95Ms: number | null;
  readonly p95Percent: number | null;
  /** How many times as fast as allowed the error budget is used up, over the last minute. */
  readonly burnRate: number;
  readonly violationSeconds: number;
}

export interface SiteClock {
  readonly site: string;
  /** IANA name. */
  readonly timezone: string;
}

/** Each second. */
export interface LiveState {
  readonly type: 'state';
  /** The cloud's time: a browser's clock may be wrong, so ages are counted from this one. */
  readonly atUs: number;
  readonly cameras: readonly CameraStanding[];
  readonly promise: PromiseStanding;
  readonly sites: readonly SiteClock[];
  /** What the console itself can't do now, in sentences; empty where all is well. */
  readonly troubles: readonly string[];
}

/** At first, and when an operator has changed one. */
export interface LiveAreas extends CameraAreas {
  readonly type: 'areas';
}

export type ServerMessage = LiveState | LiveAreas;

export type BrowserMessage =
  | { readonly type: 'drawn'; readonly number: number }
  /** Pictures of these cameras are wanted, and of no others. */
  | { readonly type: 'watch'; readonly cameras: readonly string[] };
