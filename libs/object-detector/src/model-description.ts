import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { HeadName } from './head.ts';
import { headNames } from './head.ts';
import { ModelError } from './model-error.ts';

const classNames = z.array(z.string().min(1)).min(1);

const descriptionSchema = z.strictObject({
  head: z.enum(headNames),
  classes: classNames,
  licence: z.string().optional(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits')
    .optional(),
});

/** What a user says about a model of their own. */
export interface ModelDescription {
  readonly head: HeadName;
  readonly classNames: readonly string[];
  readonly licence: string;
  readonly sha256: string | undefined;
}

export interface DescriptionOptions {
  readonly head?: HeadName | undefined;
  /** A text file with one class name a line. */
  readonly classesFile?: string | undefined;
}

/**
 * Describes `model.onnx` by the options, or by `model.json` beside it where they don't say everything:
 * `{ "head": "yolov8", "classes": ["person"], "licence": "…", "sha256": "…" }`.
 * @throws ModelError DESCRIPTION
 */
export async function describeModel(
  modelPath: string,
  { head, classesFile }: DescriptionOptions,
): Promise<ModelDescription> {
  const listed = classesFile === undefined ? undefined : await readClasses(classesFile);
  if (head !== undefined && listed !== undefined)
    return { head, classNames: listed, licence: 'unknown', sha256: undefined };
  const path = modelPath.replace(/\.onnx$/, '.json');
  const described = await readDescription(path, modelPath);
  return {
    head: head ?? described.head,
    classNames: listed ?? described.classes,
    licence: described.licence ?? 'unknown',
    sha256: described.sha256,
  };
}

async function readDescription(path: string, modelPath: string): Promise<z.output<typeof descriptionSchema>> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new ModelError(
      'DESCRIPTION',
      `${modelPath} comes without a description: name its head (${headNames.join(' or ')}) and a file of its classes, or write both into ${path}`,
      { cause: error },
    );
  });
  const parsed = descriptionSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new ModelError('DESCRIPTION', `${path} doesn't describe a model: ${z.prettifyError(parsed.error)}`);
}

async function readClasses(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new ModelError('DESCRIPTION', `the file of class names ${path} can't be read`, { cause: error });
  });
  const lines = text.split('\n').map((line) => line.trim());
  const parsed = classNames.safeParse(lines.filter((line) => line !== ''));
  if (parsed.success) return parsed.data;
  throw new ModelError('DESCRIPTION', `${path} names no classes: expected one a line`);
}

/** Undefined where the text is no JSON, which no schema here accepts. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
