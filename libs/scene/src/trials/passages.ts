import { scaleAt, type Camera } from '../camera.ts';
import { walkerLook } from '../figures/walker-look.ts';
import { hash, hashUnit } from '../random.ts';
import type { Screen, View } from '../staging.ts';
import type { Actor } from '../traffic.ts';
import { baysBetween, referenceHeight } from './pillars.ts';
import type { Subject } from './subject.ts';

const idsPerCycle = 64;
/** Every cycle begins with some seconds without anybody, so that what watches can settle. */
const leadSeconds = 2;
/** Half of a walker and of a car with its depth, metres; a little more than they ever take. */
const halfLength = { person: 0.7, car: 3.4 } as const;
/** Depths at which cars drive, metres; each passage of a cycle has its own. */
const carLanes = [12.5, 15.5, 19, 23] as const;
const metresPerSecond = { person: [1.1, 1.8], car: [6, 9] } as const;

/** One object on its way from behind one side of a bay to behind the other. */
interface Passage {
  readonly id: number;
  readonly depth: number;
  /** Pixels across the picture. */
  readonly from: number;
  readonly to: number;
  readonly walkSeconds: number;
  readonly startSeconds: number;
  readonly contrastLevels: number | undefined;
}

/** Who is on the way at `seconds`, farthest first. Each passage has an id of its own for all time. */
export function passersAt(
  subject: Subject,
  seed: number,
  view: View,
  pillars: readonly Screen[],
  seconds: number,
): Actor[] {
  const cycle = Math.floor(seconds / subject.cycleSeconds);
  const actors: Actor[] = [];
  for (let index = 0; index < subject.passagesPerCycle; index++) {
    const passage = passageOf(subject, seed, view, pillars, cycle, index);
    const actor = actorOn(passage, subject, view.camera, seconds);
    if (actor) actors.push(actor);
  }
  return actors.toSorted((a, b) => b.pose.depth - a.pose.depth || a.id - b.id);
}

function passageOf(
  subject: Subject,
  seed: number,
  view: View,
  pillars: readonly Screen[],
  cycle: number,
  index: number,
): Passage {
  const id = cycle * idsPerCycle + index;
  const unit = (trait: number) => hashUnit(seed, id, 9100 + trait);
  const depth = depthOf(subject, seed, view, id, index);
  const scale = scaleAt(view.camera, depth);
  const half = halfLength[subject.class] * scale;
  const bays = baysBetween(pillars, view.width);
  const bay = bays[(index + hash(seed, cycle, 9110)) % bays.length] ?? { left: 0, right: view.width };
  const left = bay.left - half;
  const right = bay.right + half;
  const isLeftwards = unit(0) < 0.5;
  const longest = subject.busySeconds - subject.standSeconds;
  const walkSeconds = Math.min(longest, (right - left) / speedOf(subject, view, scale, unit(1)));
  const busyFrom =
    leadSeconds + (subject.cycleSeconds - leadSeconds - subject.busySeconds) * hashUnit(seed, cycle, 9111);
  return {
    id,
    depth,
    from: isLeftwards ? right : left,
    to: isLeftwards ? left : right,
    walkSeconds,
    startSeconds: cycle * subject.cycleSeconds + busyFrom + (longest - walkSeconds) * unit(2),
    contrastLevels: subject.contrastLevels && between(subject.contrastLevels, unit(3)),
  };
}

function depthOf(subject: Subject, seed: number, view: View, id: number, index: number): number {
  if (subject.class === 'car') return (carLanes[index % carLanes.length] ?? 12) + hashUnit(seed, id, 9104);
  const pixels = (between(subject.heights, hashUnit(seed, id, 9105)) * view.height) / referenceHeight;
  return (view.camera.focal * walkerLook(seed, id).heightMetres) / pixels;
}

/** Pixels in a second. */
function speedOf(subject: Subject, { height }: View, scale: number, unit: number): number {
  if (subject.pixelsPerSecond !== undefined) return (subject.pixelsPerSecond * height) / referenceHeight;
  const [slowest, fastest] = metresPerSecond[subject.class];
  return scale * (slowest + (fastest - slowest) * unit);
}

function actorOn(passage: Passage, subject: Subject, camera: Camera, seconds: number): Actor | undefined {
  const { standSeconds } = subject;
  const { id, depth, from, to, walkSeconds, contrastLevels } = passage;
  const since = seconds - passage.startSeconds;
  if (since < 0 || since > walkSeconds + standSeconds) return undefined;
  const stood = Math.min(standSeconds, Math.max(0, since - walkSeconds / 2));
  const moving = stood === 0 || stood === standSeconds;
  const share = moving ? (since - stood) / walkSeconds : 0.5;
  const x = from + (to - from) * share;
  const scale = scaleAt(camera, depth);
  return {
    id,
    class: subject.class,
    pose: {
      x: (x - camera.centreX) / scale,
      depth,
      heading: to > from ? 0 : Math.PI,
      travelled: (share * (to > from ? to - from : from - to)) / scale,
    },
    closeShadow: true,
    moving,
    ...(contrastLevels !== undefined && { contrastLevels }),
  };
}

/** Evenly on a logarithmic scale, by repeated square roots: `Math.pow` may differ between engines. */
function between([least, most]: readonly [number, number], unit: number): number {
  let low = least;
  let high = most;
  let middle = 0.5;
  let step = 0.25;
  for (let bit = 0; bit < 20; bit++, step /= 2) {
    const mean = Math.sqrt(low * high);
    if (unit < middle) {
      high = mean;
      middle -= step;
    } else {
      low = mean;
      middle += step;
    }
  }
  return Math.sqrt(low * high);
}
