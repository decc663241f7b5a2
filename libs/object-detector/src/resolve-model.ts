import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FindOptions } from '@framegate/assets';
import { AssetError, findAsset, verifyChecksum } from '@framegate/assets';
import type { HeadName } from './head.ts';
import type { ModelEntry } from './model-catalogue.ts';
import { modelCatalogue } from './model-catalogue.ts';
import type { DescriptionOptions } from './model-description.ts';
import { describeModel } from './model-description.ts';
import { ModelError } from './model-error.ts';
import type { ModelInput } from './model-input.ts';
import { inputOf } from './model-input.ts';
import type { OnnxHeader } from './onnx-header.ts';
import { readOnnxHeader } from './onnx-header.ts';

/** A model file that is there, whole, and of the shape that its head needs. */
export interface ResolvedModel {
  readonly id: string;
  readonly path: string;
  readonly head: HeadName;
  readonly classNames: readonly string[];
  readonly licence: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly input: ModelInput;
}

export interface ResolveOptions extends DescriptionOptions, Omit<FindOptions, 'path'> {}

/**
 * Finds a model by its name in the catalogue, or by its path: a name that ends in `.onnx` is a path.
 * @throws ModelError for what is wrong with the model, AssetError for a file that is missing or altered
 */
export async function resolveModel(nameOrPath: string, options: ResolveOptions = {}): Promise<ResolvedModel> {
  if (nameOrPath.endsWith('.onnx')) return resolveOwn(nameOrPath, options);
  const entry = modelCatalogue.find(({ id }) => id === nameOrPath);
  if (entry !== undefined) return resolveKnown(entry, options);
  const known = modelCatalogue.map(({ id }) => id).join(', ');
  throw new ModelError(
    'UNKNOWN',
    `there is no model "${nameOrPath}": choose one of ${known}, or give the path of a file that ends in .onnx`,
  );
}

async function resolveKnown(entry: ModelEntry, options: ResolveOptions): Promise<ResolvedModel> {
  const { id, head, classNames, licence, source } = entry;
  if ('file' in source) return resolveOwn(fileURLToPath(source.file), {});
  const { path } = await findAsset(source.asset, options);
  return { id, head, classNames, licence, path, ...(await inspect(path, head, classNames)) };
}

async function resolveOwn(path: string, options: ResolveOptions): Promise<ResolvedModel> {
  const { head, classNames, licence, sha256 } = await describeModel(path, options);
  const inspected = await inspect(path, head, classNames);
  if (sha256 !== undefined) await verifyChecksum(path, [sha256]);
  return { id: basename(path, '.onnx'), head, classNames, licence, path, ...inspected };
}

async function inspect(
  path: string,
  head: HeadName,
  classNames: readonly string[],
): Promise<Pick<ResolvedModel, 'sha256' | 'bytes' | 'input'>> {
  const content = await readFile(path).catch((error: unknown) => {
    throw new AssetError('MISSING', `the model ${path} can't be read`, { cause: error });
  });
  return {
    sha256: createHash('sha256').update(content).digest('hex'),
    bytes: content.length,
    input: inputOf(path, readHeader(path, content), head, classNames.length),
  };
}

function readHeader(path: string, content: Uint8Array): OnnxHeader {
  const corrupt = (reason: string, cause?: unknown): ModelError =>
    new ModelError('CORRUPT', `${path} is no ONNX file or a damaged one: it ${reason}`, { cause });
  let header: OnnxHeader;
  try {
    header = readOnnxHeader(content);
  } catch (error) {
    throw corrupt(error instanceof Error ? error.message : String(error), error);
  }
  if (header.outputs.length === 0) throw corrupt('holds no graph');
  return header;
}
