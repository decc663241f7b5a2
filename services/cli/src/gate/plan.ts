import { realpath } from 'node:fs/promises';
import type { CameraIntent } from '@framegate/contracts';
import type { GateSettings } from '@framegate/gate-explanation';
import { ConfigError } from '@framegate/service-kit';
import { readSite } from '@framegate/site-file';
import type { Source, SourceInfo } from '@framegate/video-source';
import { describeSource, openSource, parseSource, SourceError } from '@framegate/video-source';
import { checkWritable } from '../files/work-folder.ts';
import type { ExplainFlags } from './command.ts';

/** Everything that an explanation needs, checked. */
export interface ExplainPlan {
  readonly source: Source;
  /** Without credentials. */
  readonly name: string;
  readonly settings: GateSettings;
  readonly seconds: number;
  /** Frames that will be read; null where a file doesn't say. */
  readonly frames: number | null;
}

const sceneSeconds = 60;
const defaultSensitivity = 50;

/**
 * Checks source, site file and place of the page before any work.
 * @throws {ConfigError} with every mistake at once
 */
export async function planExplanation(
  text: string,
  flags: ExplainFlags,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<ExplainPlan> {
  const mistakes: string[] = [];
  const noted = (error: unknown): undefined => {
    mistakes.push(...(error instanceof ConfigError ? error.mistakes : [messageOf(error)]));
  };
  if (flags.out === undefined && !flags.json && !flags.jsonl)
    mistakes.push('nothing to do: name a page with --out page.html, or ask for --json or --jsonl');
  const inspected = await inspect(text, signal).catch(noted);
  await checkOut(text, flags.out).catch(noted);
  const settings = await settingsOf(flags, env).catch(noted);
  signal.throwIfAborted();
  if (!inspected || !settings || mistakes.length > 0) throw new ConfigError(mistakes);
  const { source, info } = inspected;
  const seconds = flags.seconds ?? (source.kind === 'scene' ? sceneSeconds : Number.POSITIVE_INFINITY);
  return { source, name: describeSource(source), settings, seconds, frames: framesOf(info, seconds) };
}

/** Opens it and reads its first frame. */
async function inspect(text: string, signal: AbortSignal): Promise<{ source: Source; info: SourceInfo }> {
  const source = parseSource(text);
  if (source.kind !== 'file' && source.kind !== 'scene')
    throw new SourceError(
      'UNSUPPORTED',
      `${describeSource(source)}: this is a camera, which never ends. Record a piece of it, and name that file.`,
    );
  const reader = await openSource(source, { pace: 'none', now: () => performance.now() * 1000, signal });
  try {
    (await reader.read())?.close();
    return { source, info: reader.info };
  } finally {
    await reader.close();
  }
}

async function checkOut(input: string, out: string | undefined): Promise<void> {
  if (out === undefined) return;
  if (!/\.html?$/.test(out)) throw new Error(`--out ${out}: expected a file that ends in .html.`);
  const [read, written] = await Promise.all([input, out].map((path) => realpath(path).catch(() => null)));
  if (read !== null && read === written)
    throw new Error(`${out}: this is the input and would be overwritten. Name another file.`);
  await checkWritable(out);
}

async function settingsOf(flags: ExplainFlags, env: NodeJS.ProcessEnv): Promise<GateSettings> {
  const { site, camera, sensitivity } = flags;
  if (site === undefined) {
    if (camera !== undefined) throw new Error('--camera: say with --site in which site file it stands.');
    const none = { motionMasks: [], privacyMasks: [], zones: [] };
    return { sensitivity: sensitivity ?? defaultSensitivity, ...none };
  }
  const { motionMasks, privacyMasks, zones, wanted } = intentOf(site, camera, env);
  return { sensitivity: sensitivity ?? wanted.motionSensitivity, motionMasks, privacyMasks, zones };
}

function intentOf(file: string, camera: string | undefined, env: NodeJS.ProcessEnv): CameraIntent {
  const intents = readSite(file, env).cameras.map(({ intent }) => intent);
  const names = intents.map(({ cameraId }) => cameraId.split('/')[1]).join(', ');
  const [only] = intents;
  if (camera === undefined && intents.length === 1 && only) return only;
  if (camera === undefined) throw new Error(`${file}: say with --camera which one: ${names}.`);
  const found = intents.find(({ cameraId }) => cameraId === camera || cameraId.endsWith(`/${camera}`));
  if (!found) throw new Error(`--camera ${camera}: ${file} has no such camera. It has ${names}.`);
  return found;
}

function framesOf(
  { frameCount, durationSeconds, framesPerSecond }: SourceInfo,
  seconds: number,
): number | null {
  const all = frameCount ?? (durationSeconds ?? Number.POSITIVE_INFINITY) * (framesPerSecond ?? Number.NaN);
  const frames = Math.round(Math.min(all, seconds * (framesPerSecond ?? Number.NaN)));
  return Number.isFinite(frames) ? frames : (frameCount ?? null);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
