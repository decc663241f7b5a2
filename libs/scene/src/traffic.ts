import { scaleAt } from './camera.ts';
import type { Pose } from './figures/walker.ts';
import { hash, hashUnit } from './random.ts';
import type { ObjectClass } from './scene.ts';
import type { View } from './staging.ts';
import { cosine, sine } from './wave.ts';

/** A way across the view that figures of one class take, from beyond one side to beyond the other. */
export interface Lane {
  readonly class: ObjectClass;
  /** Depth in metres on the left and on the right side of the view. */
  readonly depths: readonly [left: number, right: number];
  /** Figures keep within this many metres of the lane's middle. */
  readonly spreadMetres: number;
  readonly metresPerSecond: readonly [slowest: number, fastest: number];
  readonly direction: 'rightwards' | 'leftwards' | 'both';
  /** Seconds into each cycle at which a figure may set out. */
  readonly departures: readonly number[];
  /** Share of the departures that are taken, 0..1. */
  readonly chance: number;
}

/** Traffic repeats its timetable each cycle with other figures, so any moment can be computed by itself. */
export interface Traffic {
  readonly cycleSeconds: number;
  readonly lanes: readonly Lane[];
}

/** One figure at one moment. */
export interface Actor {
  readonly id: number;
  readonly class: ObjectClass;
  readonly pose: Pose;
  /** Whether it moves along; undefined where a scene doesn't tell. */
  readonly moving?: boolean;
  /** Whether its shadow stays within its box. */
  readonly closeShadow?: boolean;
  /** Painted as what lies behind it plus this many luma levels, as the sensor shows it, without a shadow. */
  readonly contrastLevels?: number;
}

type RoadView = Pick<View, 'camera' | 'width'>;

/** No figure stays longer than this many cycles. */
const cyclesInView = 2;
const departuresPerLane = 16;
const lanesPerCycle = 16;
/** A figure sets out up to this many seconds after its departure. */
const delaySeconds = 2;
/** How far beyond the edge figures begin: half their length, their shadow, and a car's depth in perspective. */
const marginMetres = { person: 1.2, car: 5 } as const;

/** Who is on the way at `seconds`, farthest first. */
export function actorsAt(traffic: Traffic, seed: number, view: RoadView, seconds: number): Actor[] {
  const current = Math.floor(seconds / traffic.cycleSeconds);
  const actors: Actor[] = [];
  for (let cycle = Math.max(0, current - cyclesInView); cycle <= current; cycle++) {
    traffic.lanes.forEach((lane, laneIndex) => {
      lane.departures.forEach((departure, index) => {
        const id = (cycle * lanesPerCycle + laneIndex) * departuresPerLane + index;
        const start = cycle * traffic.cycleSeconds + departure + delaySeconds * hashUnit(seed, id, 1);
        if (seconds < start || hashUnit(seed, id, 0) >= lane.chance) return;
        const pose = poseOnLane(lane, seed, id, view, seconds - start);
        if (pose) actors.push({ id, class: lane.class, pose });
      });
    });
  }
  return actors.toSorted((a, b) => b.pose.depth - a.pose.depth || a.id - b.id);
}

/** Where the figure is after `seconds` on its lane, or undefined once it has left the view. */
function poseOnLane(lane: Lane, seed: number, id: number, view: RoadView, seconds: number): Pose | undefined {
  const aside = (hashUnit(seed, id, 2) * 2 - 1) * lane.spreadMetres;
  const left = beyondEdge(lane, view, lane.depths[0] + aside, -1);
  const right = beyondEdge(lane, view, lane.depths[1] + aside, 1);
  const leftwards = lane.direction === 'both' ? hash(seed, id, 3) % 2 === 1 : lane.direction === 'leftwards';
  const [from, to] = leftwards ? [right, left] : [left, right];
  const [slowest, fastest] = lane.metresPerSecond;
  const travelled = seconds * (slowest + (fastest - slowest) * hashUnit(seed, id, 4));
  const dx = to.x - from.x;
  const dz = to.depth - from.depth;
  const length = Math.sqrt(dx * dx + dz * dz);
  if (travelled > length) return undefined;
  const share = travelled / length;
  return {
    x: from.x + dx * share,
    depth: from.depth + dz * share,
    heading: headingOf(dx, dz),
    travelled,
  };
}

function beyondEdge(lane: Lane, view: RoadView, depth: number, sign: -1 | 1): { x: number; depth: number } {
  const halfView = view.width / 2 / scaleAt(view.camera, depth);
  return { x: sign * (halfView + marginMetres[lane.class]), depth };
}

/** Angle of (dx, dz) by bisection on `sine`: `Math.atan2` may differ between engines. */
function headingOf(dx: number, dz: number): number {
  let low = -Math.PI / 2;
  let high = Math.PI / 2;
  for (let step = 0; step < 24; step++) {
    const middle = (low + high) / 2;
    if (sine(middle) * Math.abs(dx) < dz * cosine(middle)) low = middle;
    else high = middle;
  }
  return dx < 0 ? Math.PI - low : low;
}
