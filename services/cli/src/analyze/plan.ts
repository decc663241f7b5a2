import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { InspectedRecording } from '@framegate/analysis';
import { inspectRecording } from '@framegate/analysis';
import type { DownloadProgress } from '@framegate/assets';
import type { ResolvedModel } from '@framegate/object-detector';
import { resolveModel } from '@framegate/object-detector';
import { ConfigError } from '@framegate/service-kit';
import { annotatedPaths } from './annotated-paths.ts';
import { chooseModel } from './choose-model.ts';
import type { AnalyzeFlags } from './command.ts';
import type { WorkFolder } from '../files/work-folder.ts';
import { checkWritable, createWorkFolder, isFolder } from '../files/work-folder.ts';

/** Everything that an analysis needs, checked. */
export interface AnalysisPlan {
  readonly recordings: readonly InspectedRecording[];
  readonly model: ResolvedModel;
  /** Where the work is done until it is complete; the caller removes it. */
  readonly workFolder: WorkFolder;
  /** One for each recording, or none. */
  readonly annotated: readonly string[];
  readonly note: string | undefined;
}

type Wanted = Pick<AnalyzeFlags, 'out' | 'annotate' | 'model' | 'classes'>;

/**
 * Checks inputs, model and places before any work.
 * @throws {ConfigError} with every mistake at once
 */
export async function planAnalysis(
  inputs: readonly string[],
  wanted: Wanted,
  signal: AbortSignal,
  onDownload: (progress: DownloadProgress) => void,
): Promise<AnalysisPlan> {
  const mistakes: string[] = [];
  const noted = (error: unknown): undefined => {
    mistakes.push(error instanceof Error ? error.message : String(error));
  };
  const recordings: InspectedRecording[] = [];
  for (const input of inputs) {
    const recording = await inspectRecording(input, signal).catch(noted);
    if (recording) recordings.push(recording);
  }
  const annotated = (await planAnnotated(inputs, wanted.annotate).catch(noted)) ?? [];
  await checkInputsAreKept(inputs, [wanted.out, ...annotated]).catch(noted);
  const find = async (name: string): Promise<ResolvedModel> => resolveModel(name, { onProgress: onDownload });
  const chosen = await chooseModel(wanted.model, find).catch(noted);
  mistakes.push(...unknownClasses(wanted.classes ?? [], chosen?.model));
  signal.throwIfAborted();
  const workFolder = await createWorkFolder(wanted.out).catch(noted);
  if (chosen && workFolder && mistakes.length === 0)
    return { recordings, model: chosen.model, workFolder, annotated, note: chosen.note };
  await workFolder?.remove();
  throw new ConfigError(mistakes);
}

async function planAnnotated(inputs: readonly string[], path: string | undefined): Promise<string[]> {
  if (path === undefined) return [];
  const folder = await isFolder(path);
  if (!folder && inputs.length > 1)
    throw new Error(`--annotate ${path}: name a folder that exists, since there are several inputs.`);
  if (!folder && !path.endsWith('.mp4'))
    throw new Error(`--annotate ${path}: expected a file that ends in .mp4, or a folder that exists.`);
  const paths = annotatedPaths(inputs, path, folder);
  for (const each of paths) await checkWritable(each);
  return paths;
}

async function checkInputsAreKept(inputs: readonly string[], outputs: readonly string[]): Promise<void> {
  const real = (path: string): Promise<string> => realpath(path).catch(() => resolve(path));
  const read = new Set(await Promise.all(inputs.map(real)));
  const written = new Set<string>();
  for (const output of outputs) {
    const place = await real(output);
    if (read.has(place))
      throw new Error(`${output}: this is an input and would be overwritten. Name another file.`);
    if (written.has(place))
      throw new Error(`${output}: results and video can't be the same file. Name another.`);
    written.add(place);
  }
}

function unknownClasses(classes: readonly string[], model: ResolvedModel | undefined): string[] {
  if (!model) return [];
  const unknown = classes.filter((name) => !model.classNames.includes(name));
  const known = model.classNames.join(', ');
  return unknown.map((name) => `--classes ${name}: ${model.id} knows no such class. It knows ${known}.`);
}
