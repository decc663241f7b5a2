/**
 * What `analyze --every-frame` adds to the work that any program has: `pnpm bench analyze
 * [--threads 2] [--frames 600] [--rounds 5] [--file clip.mp4] [--model yolox-nano-416] [--python python3] [--json]`
 *
 * As many files as threads (one clip several times), whole runs in turn (A B C A B C), from nothing to the last frame:
 *   framegate         decoding threads, detector threads, results in order on disk
 *   bare loops        a thread for each file: decode, letterbox, session.run and nothing else
 *   python loop       OpenCV and onnxruntime, file after file, both with that many threads
 *   python processes  the same, a process for each file with one thread
 * Goals: throughput >= 0.95x the bare loops and >= 1.2x the Python loop. The median of the rounds' ratios counts;
 * that of CPU time says the same on a machine that has other work.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { quantileOf } from '@framegate/control';
import { resolveModel } from '@framegate/object-detector';
import { createScene } from '@framegate/scene';
import { findPython } from '@framegate/test-kit';
import { openWriter } from '@framegate/video-source';
import { benchOptions } from './bench-options.ts';
import type { AnalyzeRun, Work } from './analyze-ways.ts';
import { byBareLoops, byFramegate, byPython } from './analyze-ways.ts';
import { requireModels } from './suite/require-models.ts';

const flags = benchOptions({
  json: { type: 'boolean', default: false },
  threads: { type: 'number', default: availableParallelism(), from: 1, whole: true },
  frames: { type: 'number', default: 600, from: 1, whole: true },
  rounds: { type: 'number', default: 5, from: 1, whole: true },
  file: { type: 'string' },
  model: { type: 'string', default: 'yolox-nano-416' },
  python: { type: 'string' },
});
await requireModels('--model', [flags.model]);
const subject = 'framegate';

async function drawClip(path: string, frames: number): Promise<void> {
  const scene = createScene({ name: 'street', seed: 1, width: 1280, height: 720, framesPerSecond: 10 });
  const writer = await openWriter(path, scene.spec);
  for (let index = 0; index < frames; index++) writer.write(scene.render(index));
  await writer.close();
}

function waysOf(work: Work): Record<string, () => Promise<AnalyzeRun> | AnalyzeRun> {
  const python = flags.python ?? findPython(['cv2', 'onnxruntime', 'numpy']);
  const node = { [subject]: () => byFramegate(work), 'bare loops': () => byBareLoops(work) };
  if (python === undefined) {
    process.stderr.write('Python is passed over: pip install opencv-python-headless onnxruntime numpy\n');
    return node;
  }
  return {
    ...node,
    'python loop': () => byPython(python, work, 'loop'),
    'python processes': () => byPython(python, work, 'processes'),
  };
}

async function measure(work: Work, rounds: number) {
  const ways = Object.entries(waysOf(work));
  const runs = new Map<string, AnalyzeRun[]>(ways.map(([name]) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const [name, run] of ways) runs.get(name)?.push(await run());
  const own = runs.get(subject) ?? [];
  const median = (pick: (run: AnalyzeRun, round: number) => number, of: readonly AnalyzeRun[]): number =>
    quantileOf(of.map(pick), 0.5);
  return [...runs].map(([name, each]) => ({
    name,
    frames: each[0]?.frames,
    framesPerSecond: median((run) => run.frames / run.wallSeconds, each),
    cpuMsPerFrame: median((run) => (run.cpuSeconds * 1000) / run.frames, each),
    /** Ours over theirs: 1 is as fast, more is faster. */
    throughputRatio: median((run, i) => run.wallSeconds / (own[i]?.wallSeconds ?? Number.NaN), each),
    /** Theirs over ours: 1 costs as much, more is cheaper. */
    cpuRatio: median((run, i) => run.cpuSeconds / (own[i]?.cpuSeconds ?? Number.NaN), each),
    rounds: each,
  }));
}

const folder = await mkdtemp(join(tmpdir(), 'bench-analyze-'));
try {
  const drawn = join(folder, 'street.mp4');
  if (flags.file === undefined) await drawClip(drawn, flags.frames);
  const files = Array.from({ length: flags.threads }, () => flags.file ?? drawn);
  const results = await measure({ files, model: await resolveModel(flags.model) }, flags.rounds);
  if (flags.json) {
    const facts = { schema: 'framegate.report/1', kind: 'bench', bench: 'analyze', threads: files.length };
    console.log(JSON.stringify({ ...facts, results }, null, 2));
  } else {
    console.log(
      '                  frames/s  CPU ms a frame  framegate is x as fast  and costs 1/x of its CPU',
    );
    for (const { name, framesPerSecond, cpuMsPerFrame, throughputRatio, cpuRatio } of results)
      console.log(
        [
          name.padEnd(16),
          framesPerSecond.toFixed(1).padStart(10),
          cpuMsPerFrame.toFixed(2).padStart(16),
          throughputRatio.toFixed(3).padStart(24),
          cpuRatio.toFixed(3).padStart(26),
        ].join(''),
      );
  }
} finally {
  await rm(folder, { recursive: true });
}
