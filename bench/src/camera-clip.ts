import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '@framegate/assets';
import type { Scene, TruthBox } from '@framegate/scene';
import { createScene } from '@framegate/scene';

/** Where clips stay, so that they are drawn once. */
export const clipFolder: string = cacheFolder('bench-clips', process.env);

/** How a camera spends bits: as much as a quality takes, up to a cap; or the same each second, whatever moves. */
export const rates = {
  quality: ['-crf', '26', '-maxrate', '2M', '-bufsize', '2M'],
  constant: ['-b:v', '2M', '-minrate', '2M', '-maxrate', '2M', '-bufsize', '2M'],
};
type Rate = keyof typeof rates;

export interface ClipRequest {
  readonly scene: string;
  readonly seed: number;
  readonly seconds: number;
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  /** Share of the frames with somebody in view, or as the scene has it but for its long empty stretches. */
  readonly motion: number | 'events';
  /** Where in it the clip begins, and then goes on from its first frame, as a share of its length. Default 0. */
  readonly phase?: number;
}

interface Clip {
  readonly paths: Readonly<Record<Rate, string>>;
  readonly truth: readonly (readonly TruthBox[])[];
}

/** Empty frames at the beginning, and on both sides of whatever passes, s. */
const calm = { first: 26, around: 4 };
const searchedSeconds = 2400;

/**
 * A scene through H.264 as an IP camera encodes it: a key frame every 2 s, no B-frames. What lies in the folder
 * already is not drawn again.
 */
export async function drawClip(
  folder: string,
  request: ClipRequest,
  progress: (share: number) => void,
): Promise<Clip> {
  await mkdir(folder, { recursive: true });
  const { scene: name, seed, seconds, width, height, framesPerSecond, motion, phase = 0 } = request;
  const part = phase > 0 ? `-from-${phase.toFixed(3)}` : '';
  const base = join(
    folder,
    `${name}-${seed}-${width}x${height}-${framesPerSecond}-${seconds}s-${motion}${part}`,
  );
  const paths = { quality: `${base}-quality.mp4`, constant: `${base}-constant.mp4` };
  const truthPath = `${base}.json`;
  if (!existsSync(truthPath)) {
    const scene = createScene({ name, seed, width, height, framesPerSecond });
    const frames = turned(chooseFrames(scene, seconds * framesPerSecond, motion), phase);
    await encode(scene, frames, paths, progress);
    await writeFile(`${truthPath}.new`, JSON.stringify(frames.map((frame) => scene.truth(frame))));
    await rename(`${truthPath}.new`, truthPath);
  }
  return { paths, truth: JSON.parse(await readFile(truthPath, 'utf8')) };
}

/** Frames are left out only where nobody is in view on either side, so that nothing jumps. */
function chooseFrames(scene: Scene, count: number, motion: ClipRequest['motion']): number[] {
  const { framesPerSecond } = scene.spec;
  const busy = Array.from(
    { length: searchedSeconds * framesPerSecond },
    (_, frame) => scene.truth(frame).length > 0,
  );
  const empty = busy.flatMap((isBusy, frame) => (isBusy ? [] : [frame]));
  if (motion === 'events') return withEvents(busy, count, framesPerSecond);
  const moving = busy
    .flatMap((isBusy, frame) => (isBusy ? [frame] : []))
    .slice(0, Math.round(count * motion));
  return [...empty.slice(0, count - moving.length), ...moving];
}

function turned(frames: readonly number[], phase: number): number[] {
  const first = Math.round(phase * frames.length);
  return [...frames.slice(first), ...frames.slice(0, first)];
}

function withEvents(busy: readonly boolean[], count: number, framesPerSecond: number): number[] {
  const around = calm.around * framesPerSecond;
  const near = busy.map(() => false);
  busy.forEach((isBusy, frame) => {
    if (isBusy) near.fill(true, Math.max(0, frame - around), frame + around + 1);
  });
  let first = calm.first * framesPerSecond;
  return busy.flatMap((_, frame) => (near[frame] || first-- > 0 ? [frame] : [])).slice(0, count);
}

async function encode(
  scene: Scene,
  frames: readonly number[],
  paths: Readonly<Record<Rate, string>>,
  progress: (share: number) => void,
): Promise<void> {
  const { width, height, framesPerSecond } = scene.spec;
  const group = String(2 * framesPerSecond);
  const input = [
    '-f',
    'rawvideo',
    '-pix_fmt',
    'yuvj420p',
    '-s',
    `${width}x${height}`,
    '-r',
    `${framesPerSecond}`,
  ];
  const codec = [
    '-map',
    '0',
    '-c:v',
    'libx264',
    '-preset',
    'veryfast',
    '-tune',
    'zerolatency',
    '-threads',
    '1',
  ];
  const groups = ['-bf', '0', '-g', group, '-keyint_min', group, '-sc_threshold', '0'];
  const outputs = (['quality', 'constant'] as const).flatMap((rate) => [
    ...codec,
    ...groups,
    ...rates[rate],
    paths[rate],
  ]);
  const program = spawn('ffmpeg', ['-y', '-loglevel', 'error', ...input, '-i', '-', ...outputs], {
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  const exit = once(program, 'exit');
  for (const [index, frame] of frames.entries()) {
    if (!program.stdin.write(scene.render(frame).data)) await once(program.stdin, 'drain');
    if (index % 10 === 0) progress(index / frames.length);
  }
  program.stdin.end();
  const [code] = await exit;
  if (code !== 0) throw new Error(`ffmpeg could not encode ${paths.quality}: exit code ${code}.`);
}
