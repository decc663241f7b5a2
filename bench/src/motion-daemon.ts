import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processCpuMs } from './process-cpu.ts';

const warmUpSeconds = 3;

export function whyNoMotionDaemon(): string | undefined {
  return spawnSync('motion', ['-h']).error ? 'motion is not installed: apt-get install motion' : undefined;
}

interface Plays {
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  readonly seconds: number;
}

/** CPU seconds a camera-second of the `motion` daemon at its defaults on a clip that plays in real time; nothing is stored. */
export async function motionDaemonShare(
  path: string,
  { width, height, framesPerSecond, seconds }: Plays,
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-motion-'));
  const config = join(folder, 'motion.conf');
  const settings = {
    daemon: 'off',
    netcam_url: `file://${path}`,
    target_dir: folder,
    width,
    height,
    framerate: framesPerSecond,
    movie_output: 'off',
    picture_output: 'off',
    webcontrol_port: 0,
    stream_port: 0,
    log_level: 3,
  };
  await writeFile(
    config,
    Object.entries(settings)
      .map(([name, value]) => `${name} ${value}\n`)
      .join(''),
  );
  const daemon = spawn('motion', ['-n', '-c', config], { stdio: 'ignore' });
  const exit = once(daemon, 'exit');
  try {
    await sleep(warmUpSeconds);
    const [before, startedAt] = [processCpuMs(daemon.pid), performance.now()];
    await sleep(seconds);
    return (processCpuMs(daemon.pid) - before) / (performance.now() - startedAt);
  } finally {
    daemon.kill('SIGKILL');
    await exit;
    await rm(folder, { recursive: true });
  }
}

async function sleep(seconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
