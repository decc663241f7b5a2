/**
 * Something that goes wrong, or merely changes, for a while. A scenario is a list of them, and so is a set of
 * injected faults. Absent `untilSeconds`: for the rest of the run. Absent targets: all of them.
 */
export type Disturbance = Period & Effect;

interface Period {
  readonly atSeconds: number;
  readonly untilSeconds?: number;
}

export type Effect =
  /** The camera delivers no picture. */
  | { readonly kind: 'camera-stall'; readonly cameraId?: string }
  /** Share (0..1) of the edge's computing power that is gone. */
  | { readonly kind: 'edge-cpu-loss'; readonly site?: string; readonly share: number }
  /** Encoding takes this many times as long. */
  | { readonly kind: 'encode-slow'; readonly site?: string; readonly factor: number }
  /** Capacity times this, 0..1; 0 is an outage. */
  | { readonly kind: 'uplink-narrow'; readonly site?: string; readonly factor: number }
  /** A capacity that walks each second like a cellular link's, with whole seconds of nothing. */
  | { readonly kind: 'uplink-walk'; readonly site?: string; readonly zeroShare: number }
  | { readonly kind: 'uplink-delay'; readonly site?: string; readonly addedMs: number }
  | { readonly kind: 'broker-slow'; readonly addedMs: number }
  /** The broker takes nothing until it is back. */
  | { readonly kind: 'broker-outage' }
  /** This share of the cameras is in motion all the time. */
  | { readonly kind: 'motion-burst'; readonly share: number }
  | { readonly kind: 'inference-slow'; readonly instance?: number; readonly factor: number }
  /** Workers that are gone from each replica, or from one. */
  | { readonly kind: 'workers-lost'; readonly instance?: number; readonly workers: number }
  /** A replica is gone, with what it held. */
  | { readonly kind: 'replica-lost'; readonly instance: number }
  /** The site's clock jumps by this much, and back at the end. */
  | { readonly kind: 'clock-step'; readonly site?: string; readonly stepMs: number }
  /** What the controller hears no more: from the edges, from the cloud, or both. */
  | { readonly kind: 'telemetry-loss'; readonly of: 'edge' | 'cloud' | 'all'; readonly share: number };

export type EffectOf<Kind extends Effect['kind']> = Extract<Disturbance, { kind: Kind }>;

export function ofKind<Kind extends Effect['kind']>(
  disturbances: readonly Disturbance[],
  kind: Kind,
): EffectOf<Kind>[] {
  return disturbances.filter((one): one is EffectOf<Kind> => one.kind === kind);
}
