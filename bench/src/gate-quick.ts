/**
 * The motion gate on the synthetic scenes: what it sees, what it imagines, what it costs.
 * `node bench/src/gate-quick.ts [--json] [--seeds 101,102] [--scenes rain,snow] [--seconds 80]`.
 * Seeds 1-9 are for tuning, 100 and above for reporting.
 */
import type { GateDecision, MotionGate, MotionRegion } from '@framegate/motion-detection';
import { createMotionGate } from '@framegate/motion-detection';
import type { Scene, TruthBox } from '@framegate/scene';
import { createScene, sceneNames } from '@framegate/scene';
import { benchOptions } from './bench-options.ts';

const [width, height, framesPerSecond] = [1280, 720, 10];
/** The gate settles for a second; nothing before counts. */
const settledFrame = 15;
/** An event must be seen within this many frames of its beginning. */
const graceFrames = framesPerSecond / 2;
/** An object counts from this size in pixels and this visible share on. */
const least = { width: 16, height: 40, visible: 0.6 };

/** One object's passage through the picture. */
interface Passage {
  firstFrame: number;
  lastFrame: number;
  seenAtFrame: number | null;
}

interface Row {
  scene: string;
  events: number;
  /** Share of events with a motion region on the object within 0.5 s of its appearance, and at any time. */
  recallPrompt: number;
  recall: number;
  /** Frames without any object in view, and the share of them that were called motion. */
  emptyFrames: number;
  falsePositiveShare: number;
  /** Share of frames with a motion region that touches no object. */
  strayShare: number;
  passedShare: number;
  gateMs: { p50: number; p95: number };
  suppressed: Record<string, number>;
}

interface Tally {
  passages: Map<number, Passage>;
  frames: number;
  empty: number;
  falsePositives: number;
  strays: number;
  passed: number;
  gateMs: number[];
  suppressed: Record<string, number>;
}

function measure(sceneName: string, seeds: readonly number[], seconds: number): Row {
  const tallies = seeds.map((seed) =>
    watch(
      createScene({ name: sceneName, seed, width, height, framesPerSecond }),
      createMotionGate(),
      seconds,
    ),
  );
  const sum = (of: (tally: Tally) => number) => tallies.reduce((total, tally) => total + of(tally), 0);
  const passages = tallies.flatMap((tally) => [...tally.passages.values()]);
  const prompt = ({ firstFrame, seenAtFrame }: Passage) =>
    seenAtFrame !== null && seenAtFrame <= firstFrame + graceFrames;
  const gateMs = tallies.flatMap((tally) => tally.gateMs).toSorted((a, b) => a - b);
  return {
    scene: sceneName,
    events: passages.length,
    recallPrompt: passages.filter(prompt).length / passages.length,
    recall: passages.filter(({ seenAtFrame }) => seenAtFrame !== null).length / passages.length,
    emptyFrames: sum(({ empty }) => empty),
    falsePositiveShare:
      sum(({ falsePositives }) => falsePositives) /
      Math.max(
        1,
        sum(({ empty }) => empty),
      ),
    strayShare: sum(({ strays }) => strays) / sum(({ frames }) => frames),
    passedShare: sum(({ passed }) => passed) / sum(({ frames }) => frames),
    gateMs: { p50: gateMs[gateMs.length >> 1] ?? 0, p95: gateMs[Math.floor(0.95 * gateMs.length)] ?? 0 },
    suppressed: addUp(tallies.map((tally) => tally.suppressed)),
  };
}

/** The gate alone is timed: it gets the plane already at 320 pixels, as a camera's decoder hands it over. */
function watch(scene: Scene, gate: MotionGate, seconds: number): Tally {
  const image = new Uint8Array((width * height * 3) / 2);
  const small = new Uint8Array((width / 4) * (height / 4));
  const tally: Tally = {
    passages: new Map(), frames: 0, empty: 0, falsePositives: 0, strays: 0, passed: 0, gateMs: [], suppressed: {},
  }; // prettier-ignore
  for (let frame = 0; frame < seconds * framesPerSecond; frame++) {
    scene.render(frame, image);
    quarter(image, small);
    const startedAt = performance.now();
    const decision = gate.process(
      { data: small, stride: width / 4, width: width / 4, height: height / 4 },
      (frame * 1e6) / framesPerSecond,
    );
    if (frame > 100) tally.gateMs.push(performance.now() - startedAt);
    if (frame >= settledFrame) account(tally, frame, decision, scene.truth(frame));
  }
  return tally;
}

function quarter(image: Uint8Array, into: Uint8Array): void {
  for (let y = 0, at = 0; y < height / 4; y++)
    for (let x = 0; x < width / 4; x++, at++) {
      let sum = 8;
      for (let row = 0; row < 4; row++)
        for (let column = 0; column < 4; column++) sum += image[(4 * y + row) * width + 4 * x + column] ?? 0;
      into[at] = sum >> 4;
    }
}

function account(tally: Tally, frame: number, decision: GateDecision, truth: readonly TruthBox[]): void {
  tally.frames++;
  if (decision.motion) tally.passed++;
  tally.suppressed[decision.suppressed] = (tally.suppressed[decision.suppressed] ?? 0) + 1;
  if (truth.length === 0) {
    tally.empty++;
    if (decision.motion) tally.falsePositives++;
  }
  if (decision.regions.some((region) => !truth.some((object) => touches(region, object)))) tally.strays++;
  for (const object of truth) {
    const [, , objectWidth, objectHeight] = object.box;
    if (objectWidth < least.width || objectHeight < least.height || object.visible < least.visible) continue;
    followPassage(tally.passages, frame, object, decision.regions);
  }
}

function followPassage(
  passages: Map<number, Passage>,
  frame: number,
  object: TruthBox,
  regions: readonly MotionRegion[],
): void {
  let passage = passages.get(object.id);
  if (!passage) {
    // What was there before the gate had settled is no event.
    if (frame === settledFrame) return;
    passages.set(object.id, (passage = { firstFrame: frame, lastFrame: frame, seenAtFrame: null }));
  }
  passage.lastFrame = frame;
  if (passage.seenAtFrame === null && regions.some((region) => touches(region, object)))
    passage.seenAtFrame = frame;
}

/** Regions come in pixels of the small plane. */
function touches(region: MotionRegion, { box: [x, y, boxWidth, boxHeight] }: TruthBox): boolean {
  return (
    4 * region.x < x + boxWidth &&
    4 * (region.x + region.width) > x &&
    4 * region.y < y + boxHeight &&
    4 * (region.y + region.height) > y
  );
}

function addUp(counts: readonly Record<string, number>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const count of counts)
    for (const [name, value] of Object.entries(count)) total[name] = (total[name] ?? 0) + value;
  return total;
}

const flags = benchOptions({
  json: { type: 'boolean', default: false },
  seeds: { type: 'string', default: '101,102,103' },
  scenes: { type: 'string', default: sceneNames.join(',') },
  seconds: { type: 'string', default: '80' },
});
const seeds = flags.seeds.split(',').map(Number);
const rows: Row[] = [];
if (!flags.json)
  console.log(
    'scene           events  in 0.5 s  ever  | empty  false +  stray | passed | ms p50   p95 | suppressed',
  );
for (const name of flags.scenes.split(',')) {
  const row = measure(name, seeds, Number(flags.seconds));
  rows.push(row);
  if (flags.json) continue;
  const percent = (share: number) => `${(100 * share).toFixed(1)}%`.padStart(8);
  console.log(
    `${row.scene.padEnd(16)}${String(row.events).padStart(6)}${percent(row.recallPrompt)}${percent(row.recall)} |` +
      `${String(row.emptyFrames).padStart(6)}${percent(row.falsePositiveShare)}${percent(row.strayShare)} |` +
      `${percent(row.passedShare)} |${row.gateMs.p50.toFixed(2).padStart(6)}${row.gateMs.p95.toFixed(2).padStart(7)} | ` +
      JSON.stringify(row.suppressed).replaceAll('"', ''),
  );
}
if (flags.json)
  console.log(JSON.stringify({ schema: 'framegate.report/1', kind: 'bench', results: rows }, null, 2));
