/**
 * What it costs to decode a camera and to look for motion, beside FFmpeg's own program:
 * `node bench/src/decode.ts [--frames 600] [--rounds 5] [--file clip.mp4] [--json]`.
 *
 * One H.264 file of 1280x720 (drawn from the rainy scene: 25 kB a frame, 2 Mbit/s,
 * as cameras send; or `--file`), runs in turn (A B C A B C), CPU seconds of all
 * threads as the operating system counts them: of the program as a whole, of the worker from opening to closing, as a
 * camera runs for days. Goal: decode + gate <= 1.15x `ffmpeg`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { createScene } from '@framegate/scene';
import { openWriter } from '@framegate/video-source';
import { benchOptions } from './bench-options.ts';
import type { DecodeRun, DecodeTask } from './decode-worker.ts';
import { ffmpegDecode } from './ffmpeg-decode.ts';
import { median } from './spread.ts';

const flags = benchOptions({
  json: { type: 'boolean', default: false },
  frames: { type: 'number', default: 600, from: 1, whole: true },
  rounds: { type: 'number', default: 5, from: 1, whole: true },
  file: { type: 'string' },
});

async function drawClip(path: string, frames: number): Promise<void> {
  const scene = createScene({ name: 'rain', seed: 1, width: 1280, height: 720, framesPerSecond: 10 });
  const writer = await openWriter(path, scene.spec);
  for (let index = 0; index < frames; index++) writer.write(scene.render(index));
  await writer.close();
}

function inWorker(task: DecodeTask): Promise<DecodeRun> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('decode-worker.ts', import.meta.url), { workerData: task });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

async function measure(path: string, rounds: number) {
  const ways = {
    ffmpeg: () => ffmpegDecode(path),
    decode: () => inWorker({ path, afterwards: 'nothing' }),
    'decode + box mean': () => inWorker({ path, afterwards: 'box mean' }),
    'decode + gate': () => inWorker({ path, afterwards: 'gate' }),
  };
  const runs: Record<string, DecodeRun[]> = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(ways)) (runs[name] ??= []).push(await run());
  }
  const programs = runs['ffmpeg'] ?? [];
  return Object.entries(runs).map(([name, own]) => {
    const ratios = own.map((run, round) => run.cpuSeconds / (programs[round]?.cpuSeconds ?? Number.NaN));
    const cpuMs = own.map((run) => (run.cpuSeconds * 1000) / run.frames);
    return { name, frames: own[0]?.frames, cpuMsPerFrame: median(cpuMs), ratio: median(ratios), ratios };
  });
}

const folder = await mkdtemp(join(tmpdir(), 'bench-decode-'));
try {
  const drawn = join(folder, 'rain.mp4');
  if (flags.file === undefined) await drawClip(drawn, flags.frames);
  const results = await measure(flags.file ?? drawn, flags.rounds);
  if (flags.json) {
    console.log(
      JSON.stringify({ schema: 'framegate.report/1', kind: 'bench', bench: 'decode', results }, null, 2),
    );
  } else {
    console.log('                    CPU ms a frame   x ffmpeg (median of rounds)');
    for (const { name, cpuMsPerFrame, ratio } of results) {
      console.log(
        `${name.padEnd(20)}${cpuMsPerFrame.toFixed(2).padStart(14)}${ratio.toFixed(2).padStart(11)}`,
      );
    }
  }
} finally {
  await rm(folder, { recursive: true });
}
