import { readFileSync } from 'node:fs';
import { createMotionGate, downscaleLuma } from '@framegate/motion-detection';
import { framesPerSecond } from '../clips/clip.ts';
import { decodeH264 } from '../clips/h264.ts';
import { planeSize } from '../clips/plane-cache.ts';

// Our edge's inner loop as a program of its own: `our-program.ts CLIP` decodes, scales down and looks. The clip is played
// again and again. Its first time doesn't count, nor does opening it: a camera runs for days, its compiler for seconds.

const passes = 4;

const [, , path = ''] = process.argv;
const small = new Uint8Array(planeSize.width * planeSize.height);
const gate = createMotionGate();
const gateMs: number[] = [];
let frames = 0;

/** CPU time from the first frame to the last, ms. */
async function play(): Promise<number> {
  let before: NodeJS.CpuUsage | undefined;
  for await (const { luma } of decodeH264(path)) {
    before ??= process.cpuUsage();
    downscaleLuma(luma, luma.width / planeSize.width, small);
    const startedMs = performance.now();
    gate.process({ data: small, stride: planeSize.width, ...planeSize }, (frames * 1e6) / framesPerSecond);
    gateMs.push(performance.now() - startedMs);
    frames += 1;
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

await play();
const warmUpFrames = frames;
let cpuMs = 0;
for (let pass = 1; pass < passes; pass += 1) cpuMs += await play();
const counted = frames - warmUpFrames - (passes - 1);
const sorted = gateMs.slice(warmUpFrames).toSorted((a, b) => a - b);
const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
const [, peak] = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
const answer = {
  cpuMs: cpuMs / counted,
  gateMs: at(0.5),
  gateP95Ms: at(0.95),
  peakBytes: Number(peak) * 1024,
};
process.stdout.write(`${JSON.stringify(answer)}\n`);
