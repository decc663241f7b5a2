import { resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { writeWholeFile } from '@framegate/analysis';
import type { Scene } from '@framegate/scene';
import { createScene, sceneNames } from '@framegate/scene';
import { ConfigError } from '@framegate/service-kit';
import { openWriter } from '@framegate/video-source';
import { checkWritable } from '../files/work-folder.ts';
import { createProgressBar } from '../terminal/progress-bar.ts';
import { stoppable } from '../terminal/stop-signal.ts';
import type { RenderFlags } from './command.ts';

/** Draws a scene into a video, and its truth into a file. @throws {ConfigError} for a bad request, before any work */
export async function renderScene(
  name: string,
  out: string,
  flags: RenderFlags,
  stderr: NodeJS.WriteStream,
): Promise<void> {
  await checkRequest(name, out, flags.truth);
  const frames = Math.max(1, Math.round(flags.seconds * flags.fps));
  const scene = createScene({ name, seed: flags.seed, ...flags.size, framesPerSecond: flags.fps });
  await stoppable('stopped; what was not complete is not written', async (signal) => {
    await drawVideo(scene, frames, out, stderr, signal);
    if (flags.truth !== undefined) await writeWholeFile(flags.truth, truthLines(scene, frames));
  });
}

async function checkRequest(name: string, out: string, truth: string | undefined): Promise<void> {
  const mistakes: string[] = [];
  if (!sceneNames.includes(name))
    mistakes.push(`${name}: there is no such scene. There are ${sceneNames.join(', ')}.`);
  if (!out.endsWith('.mp4')) mistakes.push(`${out}: expected a file that ends in .mp4.`);
  if (truth !== undefined && resolve(truth) === resolve(out))
    mistakes.push(`${truth}: video and truth can't be the same file. Name another.`);
  for (const path of truth === undefined ? [out] : [out, truth])
    await checkWritable(path).catch((error: unknown) => {
      mistakes.push(error instanceof Error ? error.message : String(error));
    });
  if (mistakes.length > 0) throw new ConfigError(mistakes);
}

async function drawVideo(
  scene: Scene,
  frames: number,
  out: string,
  stderr: NodeJS.WriteStream,
  signal: AbortSignal,
): Promise<void> {
  const writer = await openWriter(out, scene.spec);
  const bar = createProgressBar(stderr, { label: 'render', unit: 'frames' });
  try {
    for (let index = 0; index < frames; index++) {
      writer.write(scene.render(index));
      bar.update(index + 1, frames);
      // Drawing and encoding leave the event loop no turn of its own.
      await setImmediate();
      signal.throwIfAborted();
    }
    await writer.close();
  } finally {
    bar.end();
    await writer.abort();
  }
}

async function* truthLines(scene: Scene, frames: number): AsyncGenerator<string> {
  for (let frame = 0; frame < frames; frame++) {
    const timeSeconds = frame / scene.spec.framesPerSecond;
    yield `${JSON.stringify({ frame, timeSeconds, objects: scene.truth(frame) })}\n`;
  }
}
