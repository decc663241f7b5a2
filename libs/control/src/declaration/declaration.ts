/**
 * What an operator declares (after Sidi, Balouek, Jonglez, UCC 2025): what is measured (SLIs), what is promised
 * (SLOs), what may be moved (levers), and what depends on what.
 */
export interface Declaration {
  readonly slos: readonly Slo[];
  readonly levers: readonly Lever[];
  readonly dependencies: readonly Dependency[];
  /** Patterns of camera ids by the name of the class. */
  readonly cameraClasses?: Readonly<Record<string, readonly string[]>>;
}

/**
 * Service level indicators, with the unit of their objective: `latency` of a result and `freshness` of the newest
 * result in ms (at most), `frame-rate` and `goodput` in on-time results a second (at least), `accuracy` and
 * `availability` as a share 0..1 (at least).
 */
export const sliNames = [
  'latency',
  'frame-rate',
  'accuracy',
  'goodput',
  'freshness',
  'availability',
] as const;
export type SliName = (typeof sliNames)[number];

export interface Slo {
  readonly name: string;
  readonly sli: SliName;
  /** In the SLI's unit. */
  readonly objective: number;
  /** Share of the window's samples that must meet the objective, 0..1 exclusive. */
  readonly target: number;
  readonly windowSeconds: number;
  readonly scope: SloScope;
  /** 1 is the most important; a lower priority never costs a higher one. */
  readonly priority: number;
  /** Among equal priorities, relative. */
  readonly weight: number;
}

/** Absent fields don't restrict. Patterns are camera ids with `*` for any part, as `north/*`. */
export interface SloScope {
  readonly cameras?: readonly string[];
  readonly site?: string;
  /** A class of cameras that the declaration names, as `entrance`. */
  readonly cameraClass?: string;
}

export const leverNames = [
  'frame-rate',
  'resolution',
  'jpeg-quality',
  'motion-sensitivity',
  'model',
  'batch',
  'inference-workers',
  'replicas',
] as const;
export type LeverName = (typeof leverNames)[number];

/** `steps` run from the least to the most costly: frames/s, width in px, quality 1..100, model ids, counts. */
export interface Lever {
  readonly lever: LeverName;
  readonly scope: 'camera' | 'site' | 'cloud';
  readonly steps: readonly number[] | readonly string[];
  /** How long after a move before its effect can be judged (dead time). */
  readonly settleSeconds: number;
  /** Relative price of one step up, so that the cheaper of two remedies is taken. */
  readonly cost: number;
}

/** `from` needs `to`: services, links and hosts by name, as `motion-detection@north` -> `uplink@north`. */
export interface Dependency {
  readonly from: string;
  readonly to: string;
}
