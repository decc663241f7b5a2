import { spawnSync } from 'node:child_process';

/** FFmpeg's own program decodes a file and throws the pictures away, on one thread. CPU as it counts it itself, s. */
export function ffmpegDecode(path: string): { cpuSeconds: number; frames: number } {
  const silent = ['-hide_banner', '-nostats', '-benchmark'];
  const options = [...silent, '-threads', '1', '-i', path, '-an', '-f', 'null', '-'];
  const { stderr, error } = spawnSync('ffmpeg', options, { encoding: 'utf8' });
  if (error)
    throw new Error('ffmpeg is not installed, which this bench compares with: apt-get install ffmpeg.');
  const [, user, system] = /utime=([\d.]+)s stime=([\d.]+)s/.exec(stderr) ?? [];
  const counts = [...stderr.matchAll(/frame=\s*(\d+)/g)];
  return { cpuSeconds: Number(user) + Number(system), frames: Number(counts.at(-1)?.[1]) };
}
