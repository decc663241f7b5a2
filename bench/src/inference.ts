/**
 * Frames a second and latency of the detector by model, workers, threads and batch:
 * `pnpm bench inference [--frames 60] [--rounds 5] [--models yolox-nano-416,street-nano] [--python FILE] [--json]`
 *
 * The same JPEGs of 1280x720 for all, in turn (A B C B A ...), each way with its model loaded before it counts:
 *   framegate   the detector as the service calls it: JPEGs in, boxes out, a thread for each worker
 *   bare loop   one thread: decode (sharp), letterbox, session.run of onnxruntime-node, and nothing behind it
 *   model       session.run alone on a tensor that is there
 *   python      OpenCV and onnxruntime, one process, at its defaults: with several threads idle ones spin
 *   python, idle threads sleep   the same with the setting that ours has, so that others have the processor
 * Beside them what the processor could do: the model's multiplications over those of a matrix product of 1024 x 1024
 * by the same runtime with as many threads.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quantileOf } from '@framegate/control';
import type { ResolvedModel } from '@framegate/object-detector';
import { findPython } from '@framegate/test-kit';
import { z } from 'zod';
import { benchOptions } from './bench-options.ts';
import { streetJpegs } from './inference/jpegs.ts';
import type { LoopRun, Setting } from './inference/loops.ts';
import { byDetector, byLoop, matmulFlops } from './inference/loops.ts';
import { modelFlops } from './inference/model-work.ts';
import { showProgress } from '@framegate/service-load/show-progress';
import { median } from './spread.ts';
import type { Way } from './suite/interleave.ts';
import { interleave, ratiosOf } from './suite/interleave.ts';
import { requireModels } from './suite/require-models.ts';
import { runBench } from './suite/run-bench.ts';

const flags = benchOptions({
  json: { type: 'boolean', default: false },
  frames: { type: 'number', default: 60, from: 1, whole: true },
  rounds: { type: 'number', default: 5, from: 1, whole: true },
  models: { type: 'string', default: 'yolox-nano-416,street-nano' },
  python: { type: 'string' },
});
const sleepingPython = 'python, idle threads sleep';
const { frames, rounds } = flags;
const models = await requireModels('--models', flags.models.split(','));
const python = flags.python ?? findPython(['cv2', 'onnxruntime', 'numpy']);

interface Measured {
  readonly setting: Setting;
  readonly runs: ReadonlyMap<string, readonly LoopRun[]>;
  readonly flops: number;
  /** Of a matrix product with the threads of one worker. */
  readonly mostFlopsPerSecond: number;
}

const pythonRun = z.object({
  frames: z.number(),
  wallSeconds: z.number(),
  cpuSeconds: z.number(),
  latenciesMs: z.array(z.number()),
});

function byPython(
  program: string,
  { model, threads }: Setting,
  files: readonly string[],
  idle: 'spin' | 'sleep' = 'spin',
): LoopRun {
  const script = join(import.meta.dirname, '../reference/onnx_loop.py');
  const { width, height } = model.input;
  const task = [model.path, width, height, threads, frames, idle].map(String);
  const { stdout, stderr, status } = spawnSync(program, [script, ...task, ...files], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`onnx_loop.py failed: ${stderr}`);
  return pythonRun.parse(JSON.parse(stdout));
}

function settingsOf(model: ResolvedModel): Setting[] {
  const batches = model.input.batch === 'any' ? [4] : [];
  return [
    { model, workers: 1, threads: 1, batch: 1 },
    { model, workers: 1, threads: 2, batch: 1 },
    { model, workers: 2, threads: 1, batch: 1 },
    ...batches.map((batch) => ({ model, workers: 1, threads: 1, batch })),
  ];
}

/** What can be told apart by one thread of work has peers; several workers only show how ours grows. */
function waysOf(setting: Setting, jpegs: readonly Uint8Array[], files: readonly string[]): Way<LoopRun>[] {
  const framegate = { name: 'framegate', run: () => byDetector(setting, jpegs, frames) };
  if (setting.workers > 1) return [framegate];
  const loops = [
    framegate,
    { name: 'bare loop', run: () => byLoop(setting, jpegs, frames) },
    { name: 'model', run: () => byLoop(setting, [], frames) },
  ];
  if (python === undefined || setting.batch > 1) return loops;
  const sleeping = { name: sleepingPython, run: () => byPython(python, setting, files, 'sleep') };
  return [
    ...loops,
    { name: 'python', run: () => byPython(python, setting, files) },
    ...(setting.threads > 1 ? [sleeping] : []),
  ];
}

async function measureAll(jpegs: readonly Uint8Array[], files: readonly string[]): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const setting of models.flatMap(settingsOf)) {
    const runs = await interleave(waysOf(setting, jpegs, files), {
      rounds,
      onRun: (done, inAll, name) => showProgress(`${describe(setting)}: ${name}, ${done} of ${inAll}`),
    });
    const [flops, mostFlopsPerSecond] = [
      await modelFlops(setting.model.path, setting.model.input),
      await matmulFlops(setting.threads),
    ];
    measured.push({ setting, runs, flops, mostFlopsPerSecond });
  }
  return measured;
}

function describe({ model, workers, threads, batch }: Setting): string {
  return `${model.id}, ${workers} x ${threads} threads, batch ${batch}`;
}

const rate = (run: LoopRun): number => run.frames / run.wallSeconds;

function rowsOf({ setting, runs, flops, mostFlopsPerSecond }: Measured) {
  return [...runs].map(([name, each]) => {
    const framesPerSecond = median(each.map(rate));
    const latencies = each.flatMap(({ latenciesMs }) => latenciesMs);
    return [
      `${describe(setting)}: ${name}`,
      framesPerSecond,
      median(each.map(({ cpuSeconds, frames: done }) => (cpuSeconds * 1000) / done)),
      quantileOf(latencies, 0.5),
      quantileOf(latencies, 0.95),
      (framesPerSecond * flops) / (mostFlopsPerSecond * setting.workers),
    ];
  });
}

function ratiosOfSetting({ setting, runs }: Measured) {
  const own = runs.get('framegate') ?? [];
  return ['bare loop', 'model', 'python', sleepingPython].flatMap((name) => {
    const others = runs.get(name);
    return others
      ? [
          {
            name: `${describe(setting)}: frames/s of framegate over ${name}`,
            better: 'higher' as const,
            rounds: ratiosOf(own, others, rate),
            isRobust: false,
          },
        ]
      : [];
  });
}

await runBench(flags.json, async () => {
  const jpegs = await streetJpegs(10);
  const folder = await mkdtemp(join(tmpdir(), 'bench-inference-'));
  try {
    const files = jpegs.map((_, index) => join(folder, `${index}.jpg`));
    await Promise.all(files.map((file, index) => writeFile(file, jpegs[index] ?? '')));
    const measured = await measureAll(jpegs, files);
    return {
      ratios: measured.flatMap(ratiosOfSetting),
      columns: [
        { label: 'way' },
        { label: 'frames/s', format: '.1f' },
        { label: 'CPU ms a frame', format: '.1f' },
        { label: 'p50 ms', format: '.1f' },
        { label: 'p95 ms', format: '.1f' },
        { label: 'of the matrix product', format: '.0%' },
      ],
      rows: measured.flatMap(rowsOf),
      plot: plotOf(measured),
      missing:
        python === undefined ? ['a Python loop: pip install opencv-python-headless onnxruntime numpy'] : [],
      notes: [
        '"of the matrix product" is the share of what the processor does at most with as many threads; depthwise ' +
          'convolutions and memory keep a small model far below it.',
        'Where Python is ahead, it runs the same model on the same pictures: what differs is the way from JPEG to ' +
          'tensor, and how threads of the runtime wait (ours sleep, since the service shares its cores).',
      ],
    };
  } finally {
    await rm(folder, { recursive: true });
  }
});

function plotOf(measured: readonly Measured[]) {
  const names = ['framegate', 'bare loop', 'model', 'python', sleepingPython];
  return {
    kind: 'bars' as const,
    title: 'Frames a second',
    y: { label: 'frames/s' },
    groups: measured.map(({ setting }) => describe(setting)),
    series: names.map((label) => ({
      label,
      values: measured.map(({ runs }) => {
        const rates = (runs.get(label) ?? []).map(rate);
        return rates.length === 0
          ? null
          : { value: median(rates), low: Math.min(...rates), high: Math.max(...rates) };
      }),
    })),
  };
}
