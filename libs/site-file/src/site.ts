import type { NamedPolygon } from '@framegate/contracts';

/** A camera with all defaults filled in and all variables replaced. */
export interface SiteCamera {
  /** The camera's own name; `<site>/<id>` is what it is called everywhere else. */
  readonly id: string;
  /** URL of the full picture: frames that are sent come from it. Holds credentials: never log it. */
  readonly source: string;
  /** URL of a smaller picture of the same view, to watch for motion. */
  readonly watch?: string | undefined;
  /** Classes to report; empty: all that the model knows. */
  readonly classes: readonly string[];
  readonly objectiveMs: number;
  readonly motionMasks: readonly NamedPolygon[];
  readonly privacyMasks: readonly NamedPolygon[];
  readonly zones: readonly NamedPolygon[];
  /** 0..100, how little a change counts as motion. */
  readonly sensitivity: number;
  readonly framesPerSecond: number;
  /** Of the JPEG, in pixels. */
  readonly width: number;
  /** Of the JPEG, 1..100. */
  readonly quality: number;
  readonly model: string;
  readonly preRollSeconds: number;
  readonly postRollSeconds: number;
  /** Whether packets may stay undecoded while nothing moves. */
  readonly watching: 'packets' | 'frames';
  /** A frame leaves at least this often; 0: never without motion. */
  readonly keepAliveSeconds: number;
}

export interface Site {
  readonly site: string;
  /** IANA name, for times of day. */
  readonly timezone: string;
  readonly cameras: readonly SiteCamera[];
}
