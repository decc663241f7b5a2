import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import { processCpuMs } from '../../process-cpu.ts';
import type { PictureSize } from '../clips/clip.ts';
import { clipSize, framesPerSecond } from '../clips/clip.ts';
import type { Mark } from '../scoring/mark.ts';
import type { GateSetting } from './gate-run.ts';

/** Changed pixels, as Debian's own configuration says. */
export const shippedThreshold = 1500;
/** Whatever changes more is recorded: at 640x480 a walker of 60x100 pixels of 720p makes some 100 to 500, often fewer. */
const recorded = 10;
/** Unless it is told otherwise it scales what a camera sends to this size, and tells places in it. */
const shippedSize: PictureSize = { width: 640, height: 480 };
const [across, down] = [clipSize.width / shippedSize.width, clipSize.height / shippedSize.height];
/** Its loop shows a picture about one frame after it was read. */
const lagFrames = 1;
/** The longest that it may take for a clip, as a multiple of the clip. */
const patience = 4;

export interface DaemonRun {
  readonly setting: GateSetting;
  readonly marks: readonly (readonly Mark[])[];
  /** Decoding included. */
  readonly cpuMs: number;
  readonly peakBytes: number;
}

export const daemonThresholds = (curves: boolean): readonly number[] =>
  curves ? [shippedThreshold, recorded] : [shippedThreshold];

/**
 * The `motion` daemon, as Debian ships it but for the source, on a file that it plays in about real time. It tells
 * each frame with motion through `on_motion_detected`; frames follow from the time between opening the file and
 * opening it again at its end.
 */
export async function runMotionDaemon(path: string, frames: number, threshold: number): Promise<DaemonRun> {
  const folder = await mkdtemp(join(tmpdir(), 'framegate-motion-'));
  try {
    const configuration = join(folder, 'motion.conf');
    await writeFile(configuration, configurationFor(resolve(path), folder, threshold));
    const run = await watch(configuration, (frames / framesPerSecond) * patience * 1000);
    const marks: Mark[][] = Array.from({ length: frames }, () => []);
    for (const { atMs, mark } of run.told) {
      const share = (atMs - run.openedMs) / (run.endedMs - run.openedMs);
      marks[Math.min(frames - 1, Math.max(0, Math.round(share * frames) - lagFrames))]?.push(mark);
    }
    const setting = { gate: 'motion', setting: `threshold ${threshold}`, threshold, hasRegions: true };
    return {
      setting: { ...setting, isDefault: threshold === shippedThreshold },
      marks,
      cpuMs: run.cpuMs / frames,
      peakBytes: run.peakBytes,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function configurationFor(path: string, folder: string, threshold: number): string {
  return `daemon off
setup_mode off
log_level 6
target_dir ${folder}
netcam_url file://${path}
framerate ${framesPerSecond}
width ${shippedSize.width}
height ${shippedSize.height}
threshold ${threshold}
despeckle_filter EedDl
minimum_motion_frames 1
event_gap 60
pre_capture 3
post_capture 0
picture_output off
movie_output off
webcontrol_port 0
stream_port 0
on_motion_detected echo "changed %D %i %J %K %L"
`;
}

/** Until it opens the file for the second time. */
async function watch(configuration: string, limitMs: number) {
  const child = spawn('motion', ['-n', '-c', configuration], { stdio: ['ignore', 'pipe', 'pipe'] });
  const told: { atMs: number; mark: Mark }[] = [];
  let openedMs: number | undefined;
  let endedMs: number | undefined;
  let usage = { cpuMs: 0, peakBytes: 0 };
  let lastLine = '';
  const onLine = (line: string): void => {
    lastLine = line;
    const atMs = performance.now();
    const mark = markOf(line);
    if (mark && endedMs === undefined) told.push({ atMs, mark });
    if (line.includes('netcam_rtsp_connect') && line.includes('connected')) openedMs ??= atMs;
    if (!line.includes('Reconnecting') || endedMs !== undefined) return;
    endedMs = atMs;
    usage = usageOf(child.pid);
    child.kill();
  };
  for (const stream of [child.stdout, child.stderr]) linesOf(stream, onLine);
  const limit = setTimeout(() => child.kill('SIGKILL'), limitMs);
  try {
    await once(child, 'exit');
  } finally {
    clearTimeout(limit);
  }
  if (openedMs === undefined || endedMs === undefined)
    throw new Error(`motion did not play its clip to the end. Its last words: ${lastLine}`);
  return { told, openedMs, endedMs, ...usage };
}

function linesOf(stream: Readable, onLine: (line: string) => void): void {
  createInterface({ input: stream }).on('line', onLine);
}

/** Pixels changed, then width, height and centre of the largest place; in pixels of the clip. */
function markOf(line: string): Mark | null {
  const [, ...numbers] = /^changed (\d+) (\d+) (\d+) (\d+) (\d+)/.exec(line) ?? [];
  if (numbers.length === 0) return null;
  const [strength = 0, width = 0, height = 0, x = 0, y = 0] = numbers.map(Number);
  return {
    box: [(x - width / 2) * across, (y - height / 2) * down, width * across, height * down],
    strength,
  };
}

/** Of a process on Linux. */
function usageOf(pid: number | undefined): { cpuMs: number; peakBytes: number } {
  const [, peak] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return { cpuMs: processCpuMs(pid), peakBytes: Number(peak) * 1024 };
}
