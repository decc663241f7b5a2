/**
 * What the motion gate itself costs a frame, at 320x180: `pnpm bench gate-cpu [--seconds 20] [--passes 5] [--json]`.
 * Each frame's time is the least of several passes over the same pictures, so that other work on the machine
 * counts little; median and 95th percentile are over frames.
 */
import { createMotionGate, downscaleLuma } from '@framegate/motion-detection';
import type { Scene, TrialCondition, TrialSubject } from '@framegate/scene';
import { createTrial } from '@framegate/scene';
import { benchOptions } from './bench-options.ts';

const [width, height, framesPerSecond] = [1280, 720, 10];
const small = { width: width / 4, height: height / 4, stride: width / 4 };
/** The first frames settle, and warm the compiler up. */
const warmUpFrames = 30;

const loads: readonly (readonly [name: string, TrialCondition, TrialSubject])[] = [
  ['still scene', 'still', 'nobody'],
  ['night noise', 'night-noise', 'nobody'],
  ['walkers', 'still', 'walkers'],
  ['crowd', 'still', 'crowd'],
  ['heavy rain', 'heavy-rain', 'walkers'],
  ['foliage', 'foliage', 'walkers'],
  ['headlights', 'headlights', 'walkers'],
  ['cloud shadow', 'cloud-shadow', 'walkers'],
  ['camera shake', 'shake', 'walkers'],
];

function planesOf(scene: Scene, frames: number): Uint8Array[] {
  const image = new Uint8Array((width * height * 3) / 2);
  return Array.from({ length: frames }, (_, frame) => {
    scene.render(frame, image);
    const plane = new Uint8Array(small.width * small.height);
    downscaleLuma({ data: image, stride: width, width, height }, 4, plane);
    return plane;
  });
}

function leastMs(planes: readonly Uint8Array[], passes: number): number[] {
  const least = planes.map(() => Number.POSITIVE_INFINITY);
  for (let pass = 0; pass < passes; pass++) {
    const gate = createMotionGate();
    for (const [frame, data] of planes.entries()) {
      const startedAt = performance.now();
      gate.process({ data, ...small }, (frame * 1e6) / framesPerSecond);
      least[frame] = Math.min(least[frame] ?? 0, performance.now() - startedAt);
    }
  }
  return least.slice(warmUpFrames).toSorted((a, b) => a - b);
}

const flags = benchOptions({
  seconds: { type: 'number', default: 20, from: warmUpFrames / framesPerSecond + 1 },
  passes: { type: 'number', default: 5, from: 1, whole: true },
  json: { type: 'boolean', default: false },
});
const frames = flags.seconds * framesPerSecond;
const results = [];
if (!flags.json) console.log('load           median ms  p95 ms');
for (const [load, condition, subject] of loads) {
  const planes = planesOf(
    createTrial({ condition, subject, seed: 1, width, height, framesPerSecond }),
    frames,
  );
  const ms = leastMs(planes, flags.passes);
  const [p50 = 0, p95 = 0] = [ms[ms.length >> 1], ms[Math.floor(0.95 * ms.length)]];
  results.push({ load, p50, p95 });
  if (!flags.json)
    console.log(`${load.padEnd(15)}${p50.toFixed(3).padStart(9)}${p95.toFixed(3).padStart(8)}`);
}
if (flags.json)
  console.log(JSON.stringify({ schema: 'framegate.report/1', kind: 'bench', results }, null, 2));
