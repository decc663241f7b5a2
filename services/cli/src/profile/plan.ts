import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { DownloadProgress } from '@framegate/assets';
import type { Clip, Grid } from '@framegate/footage-profile';
import type { ResolvedModel } from '@framegate/object-detector';
import { resolveModel } from '@framegate/object-detector';
import { ConfigError } from '@framegate/service-kit';
import type { SourceInfo } from '@framegate/video-source';
import { describeSource, openSource, parseSource, SourceError } from '@framegate/video-source';
import { chooseModel } from '../analyze/choose-model.ts';
import { checkWritable } from '../files/work-folder.ts';
import type { ProfileFlags } from './command.ts';
import { gridOf } from './grid-of.ts';

/** Everything that a profile needs, checked. */
export interface ProfilePlan {
  readonly clips: readonly Clip[];
  readonly grid: Grid;
  /** By the names that the grid has. */
  readonly models: ReadonlyMap<string, ResolvedModel>;
  readonly seconds: number;
  /** Frames that will be read; null where a file doesn't say. */
  readonly frames: number | null;
  readonly note: string | undefined;
}

interface InspectedClip extends Clip {
  readonly info: SourceInfo;
}

/**
 * Checks clips, options, models and places before any work.
 * @throws {ConfigError} with every mistake at once
 */
export async function planProfile(
  texts: readonly string[],
  flags: ProfileFlags,
  signal: AbortSignal,
  onDownload: (progress: DownloadProgress) => void,
): Promise<ProfilePlan> {
  const mistakes: string[] = [];
  const noted = (error: unknown): undefined => {
    mistakes.push(error instanceof Error ? error.message : String(error));
  };
  const clips: InspectedClip[] = [];
  for (const text of texts) {
    const clip = await inspect(text, signal).catch(noted);
    if (clip) clips.push(clip);
  }
  const seconds = Number(flags.seconds);
  if (!(seconds > 0 && seconds <= 86_400))
    mistakes.push(`--seconds "${flags.seconds}": expected a number above 0, such as 20.`);
  const { grid, mistakes: wrong } = gridOf(flags, {
    width: Math.min(...clips.map(({ info }) => info.width)),
    framesPerSecond: Math.min(...clips.map(({ info }) => info.framesPerSecond ?? Infinity)),
  });
  mistakes.push(...wrong);
  const { models, note } = await findModels(flags.models, clips, onDownload, noted);
  await checkPlaces(texts, flags, noted);
  signal.throwIfAborted();
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  const frames = framesOf(clips, seconds);
  return { clips, grid: { ...grid, models: [...models.keys()] }, models, seconds, frames, note };
}

/** Opens it and reads its first frame. */
async function inspect(text: string, signal: AbortSignal): Promise<InspectedClip> {
  const source = parseSource(text);
  const name = source.kind === 'scene' ? text.trim() : describeSource(source);
  if (source.kind !== 'file' && source.kind !== 'scene')
    throw new SourceError(
      'UNSUPPORTED',
      `${name}: this is a camera, which never ends. Record a piece of it, and name that file.`,
    );
  const reader = await openSource(source, { pace: 'none', now: () => performance.now() * 1000, signal });
  try {
    (await reader.read())?.close();
    return { name, source, info: reader.info };
  } finally {
    await reader.close();
  }
}

/** By the names that were given, so that they are the ones that a camera's configuration has. */
async function findModels(
  text: string | undefined,
  clips: readonly Clip[],
  onProgress: (progress: DownloadProgress) => void,
  noted: (error: unknown) => undefined,
): Promise<{ models: Map<string, ResolvedModel>; note: string | undefined }> {
  const models = new Map<string, ResolvedModel>();
  const find = async (name: string): Promise<ResolvedModel> => resolveModel(name, { onProgress });
  const areScenes = clips.length > 0 && clips.every(({ source }) => source.kind === 'scene');
  const asked = text ?? (areScenes ? 'street-nano' : undefined);
  if (asked === undefined) {
    const chosen = await chooseModel(undefined, find).catch(noted);
    if (chosen) models.set(chosen.model.id, chosen.model);
    return { models, note: chosen?.note };
  }
  for (const name of asked.split(',').map((part) => part.trim())) {
    const model = await find(name).catch(noted);
    if (model) models.set(name, model);
  }
  return { models, note: undefined };
}

/** Told of each output that can't be written or would overwrite something. */
async function checkPlaces(
  clips: readonly string[],
  { out, html }: ProfileFlags,
  noted: (error: unknown) => undefined,
): Promise<void> {
  if (html !== undefined && !/\.html?$/.test(html))
    noted(new Error(`--html ${html}: expected a file that ends in .html.`));
  const real = (path: string): Promise<string> => realpath(path).catch(() => resolve(path));
  const taken = new Set(await Promise.all(clips.map(real)));
  for (const path of [out, html].filter((one) => one !== undefined)) {
    const place = await real(path);
    if (taken.has(place))
      noted(
        new Error(`${path}: this is a clip or another output and would be overwritten. Name another file.`),
      );
    taken.add(place);
    await checkWritable(path).catch(noted);
  }
}

function framesOf(clips: readonly InspectedClip[], seconds: number): number | null {
  let total = 0;
  for (const { info } of clips) {
    const { frameCount, durationSeconds, framesPerSecond } = info;
    const rate = framesPerSecond ?? Number.NaN;
    total += Math.round(Math.min(frameCount ?? (durationSeconds ?? Infinity) * rate, seconds * rate));
  }
  return Number.isFinite(total) ? total : null;
}
