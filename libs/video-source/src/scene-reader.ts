import { createScene } from '@framegate/scene';
import type { Scene } from '@framegate/scene';
import { CapturedFrame, PictureTools } from './captured-frame.ts';
import type { OpenOptions, SourceInfo } from './open-options.ts';
import { DrawnPicture } from './picture.ts';
import { PlaybackSchedule } from './playback-schedule.ts';
import { SourceError } from './source-error.ts';
import type { SceneSource } from './source.ts';
import type { FrameReader, VideoFrame } from './video-frame.ts';
import { waitUntil } from './wait-until.ts';

/** A synthetic camera that never ends; frames that are late are not drawn. */
export class SceneReader implements FrameReader {
  readonly info: SourceInfo;
  readonly undecodable = 0;
  skipped = 0;
  readonly undecoded = 0;
  readonly #scene: Scene;
  readonly #options: OpenOptions;
  readonly #schedule: PlaybackSchedule;
  readonly #tools = new PictureTools();
  #index = 0;
  #open = true;

  constructor(source: SceneSource, options: OpenOptions) {
    this.#scene = sceneOf(source);
    const { width, height, framesPerSecond } = this.#scene.spec;
    this.info = {
      width,
      height,
      codec: 'scene',
      framesPerSecond,
      durationSeconds: null,
      frameCount: null,
      live: false,
    };
    this.#options = options;
    this.#schedule = new PlaybackSchedule(1e6 / framesPerSecond);
  }

  async read(): Promise<VideoFrame | null> {
    while (this.#open && !this.#options.signal?.aborted) {
      const mediaTimeUs = Math.round((this.#index * 1e6) / this.#scene.spec.framesPerSecond);
      const capturedAtUs = await this.#due(mediaTimeUs);
      if (capturedAtUs === 'wait') continue;
      const index = this.#index++;
      if (capturedAtUs === 'skip') this.skipped += 1;
      else return this.#draw(index, mediaTimeUs, capturedAtUs);
    }
    return null;
  }

  async close(): Promise<void> {
    this.#open = false;
    this.#tools.close();
  }

  async #due(mediaTimeUs: number): Promise<number | 'skip' | 'wait'> {
    const { pace, now, signal } = this.#options;
    if (pace === 'none') return now();
    const playback = this.#schedule.decide(mediaTimeUs, now());
    if (playback.action === 'show') return playback.dueUs;
    if (playback.action === 'skip') return 'skip';
    await waitUntil(playback.untilUs, now, signal);
    return 'wait';
  }

  #draw(index: number, mediaTimeUs: number, capturedAtUs: number): VideoFrame {
    const startedAt = performance.now();
    const picture = new DrawnPicture(this.#scene.render(index));
    const decodeMs = performance.now() - startedAt;
    const facts = { index, mediaTimeUs, capturedAtUs, keyFrame: true, packetBytes: 0, decodeMs };
    return new CapturedFrame(picture, facts, this.#tools);
  }
}

function sceneOf(source: SceneSource): Scene {
  try {
    return createScene(source);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SourceError('INVALID_SOURCE', `scene:${source.name}: ${reason}`, { cause });
  }
}
