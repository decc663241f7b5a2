import type { ReplicaState } from '../controller-state.ts';

/** Who moves the replicas: with any other owner than the controller, only the wanted number is told. */
export const scalingOwners = ['controller', 'keda', 'hpa', 'none'] as const;
export type ScalingOwner = (typeof scalingOwners)[number];

export interface ReplicaSample {
  readonly atUs: number;
  readonly replicas: number;
  /** Load at the best settings over what all replicas can do together. */
  readonly wantedLoad: number;
  /** (superseded + expired) / received in this second. */
  readonly saturation: number;
  /** Smallest and largest number that the lever allows. */
  readonly least: number;
  readonly most: number;
  readonly settleSeconds: number;
}

const upAfterSeconds = 30;
const downAfterSeconds = 120;
/** Above this load a replica more, below it (with one replica less) one less. */
const fullLoad = 0.85;
const lowLoad = 0.6;
const saturated = 0.05;
/** The new second's share in the load that a way down is judged by: noise of single seconds shall not hold it up. */
const smoothing = 0.05;

export const restingReplicas: ReplicaState = {
  wanted: 0,
  asked: null,
  aboveSinceUs: null,
  belowSinceUs: null,
  actedAtUs: -1e15,
};

/**
 * Sustained saturation, or fewer than the least, asks for replicas, up after 30 s and down after 120 s in which the
 * smoothed load is low. Since the fast loop lets cameras send less within seconds, saturation alone would never last:
 * what the cameras would send at their best counts as well.
 * Only the owner of scaling acts; for another the same number is kept, from what was wanted before.
 */
export function replicaLoop(
  state: ReplicaState,
  sample: ReplicaSample,
  owner: ScalingOwner,
): { readonly state: ReplicaState; readonly replicas: number | null } {
  const { atUs, replicas, wantedLoad, least, most } = sample;
  if (replicas <= 0 || !Number.isFinite(wantedLoad)) return { state, replicas: null };
  const within = (count: number): number => Math.min(most, Math.max(least, count));
  const from = owner === 'controller' || state.wanted === 0 ? replicas : within(state.wanted);
  const loadOf = (count: number): number => (wantedLoad * replicas) / count;
  const needed = within(Math.ceil(loadOf(fullLoad)));
  const isShort = loadOf(from) > 1 || sample.saturation > saturated || from < least;
  const isAbove = isShort && needed > from;
  const now = loadOf(1);
  const load = state.load === undefined ? now : state.load + smoothing * (now - state.load);
  const isBelow = from > least && load / (from - 1) < lowLoad;
  const next: ReplicaState = {
    ...state,
    load,
    wanted: from,
    aboveSinceUs: isAbove ? (state.aboveSinceUs ?? atUs) : null,
    belowSinceUs: isBelow ? (state.belowSinceUs ?? atUs) : null,
  };
  const isSettled = atUs - state.actedAtUs >= sample.settleSeconds * 1e6;
  const isDown = lasts(next.belowSinceUs, downAfterSeconds, atUs) && loadOf(from - 1) < fullLoad;
  const isDue = lasts(next.aboveSinceUs, upAfterSeconds, atUs) || isDown;
  if (!isDue || !isSettled) return { state: next, replicas: null };
  const wanted = isAbove ? needed : from - 1;
  const told = { ...next, wanted, actedAtUs: atUs, aboveSinceUs: null, belowSinceUs: null };
  if (owner !== 'controller') return { state: told, replicas: null };
  return { state: { ...told, asked: wanted }, replicas: wanted };
}

function lasts(sinceUs: number | null, seconds: number, atUs: number): boolean {
  return sinceUs !== null && atUs - sinceUs >= seconds * 1e6;
}
