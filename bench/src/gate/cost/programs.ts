import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { runMotionDaemon, shippedThreshold } from '../gates/motion-daemon.ts';

/** What a whole program costs that decodes a clip and looks for motion, and its gate's part of it. */
export interface Cost {
  readonly program: string;
  /** CPU time, ms a frame. */
  readonly cpuMs: number;
  /** Of that the gate alone; null where it can't be told apart. */
  readonly gateMs: number | null;
  readonly gateP95Ms: number | null;
  /** The most memory that was resident; ours with Node, OpenCV's with Python. */
  readonly peakBytes: number;
}

const run = promisify(execFile);
const ours = join(import.meta.dirname, 'our-program.ts');
const theirs = join(import.meta.dirname, '../../../reference/gates.py');
const pythonGates = ['frigate', 'mog2', 'knn', 'difference'];
const filters = {
  'ffmpeg, decoding only': [],
  mpdecimate: ['-vf', 'mpdecimate'],
  'select=scene': ['-vf', "select='gt(scene,0.4)'"],
};
/** Of the clip, so that a program's start counts little. */
const repetitions = 3;
export const decodingOnly = 'ffmpeg, decoding only';

const ourAnswer = z.object({
  cpuMs: z.number(),
  gateMs: z.number(),
  gateP95Ms: z.number(),
  peakBytes: z.number(),
});
const theirAnswer = z.object({ decodeMs: z.number(), gateMs: z.number(), peakBytes: z.number() });

/** One after the other on the same coded clip, each with one thread. */
export async function costsOn(
  path: string,
  frames: number,
  { python, withMotion }: { readonly python: string | null; readonly withMotion: boolean },
): Promise<Cost[]> {
  const costs = [await costOfOurs(path)];
  for (const [program, filter] of Object.entries(filters))
    costs.push(await costOfFfmpeg(program, path, filter, frames));
  if (python !== null) for (const gate of pythonGates) costs.push(await costOfPython(python, gate, path));
  if (withMotion) costs.push(await costOfMotion(path, frames));
  return costs;
}

async function costOfOurs(path: string): Promise<Cost> {
  const { stdout } = await run(process.execPath, [ours, path]);
  return { program: 'framegate', ...ourAnswer.parse(JSON.parse(stdout)) };
}

/** OpenCV's decoder and one of the gates of `gates.py`, one thread. */
export async function costOfPython(python: string, gate: string, path: string): Promise<Cost> {
  const { stdout } = await run(python, [theirs, 'file', gate, path]);
  const { decodeMs, gateMs, peakBytes } = theirAnswer.parse(JSON.parse(stdout));
  return { program: gate, cpuMs: decodeMs + gateMs, gateMs, gateP95Ms: null, peakBytes };
}

async function costOfFfmpeg(
  program: string,
  path: string,
  filter: readonly string[],
  frames: number,
): Promise<Cost> {
  const general = '-hide_banner -nostats -benchmark -threads 1 -filter_threads 1'.split(' ');
  const repeated = ['-stream_loop', String(repetitions - 1), '-i', path];
  const { stderr } = await run('ffmpeg', [...general, ...repeated, ...filter, '-f', 'null', '-']);
  const [, user, system] = /utime=([\d.]+)s stime=([\d.]+)s/.exec(stderr) ?? [];
  const [, peak] = /maxrss=(\d+)/.exec(stderr) ?? [];
  const cpuMs = (1000 * (Number(user) + Number(system))) / frames / repetitions;
  return { program, cpuMs, gateMs: null, gateP95Ms: null, peakBytes: Number(peak) * 1024 };
}

async function costOfMotion(path: string, frames: number): Promise<Cost> {
  const { cpuMs, peakBytes } = await runMotionDaemon(path, frames, shippedThreshold);
  return { program: 'motion', cpuMs, gateMs: null, gateP95Ms: null, peakBytes };
}
