import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Detection } from '@framegate/detection';
import type { ResolvedModel } from '@framegate/object-detector';
import { z } from 'zod';

const script = join(import.meta.dirname, 'yolox_reference.py');
const maxAnswerBytes = 64 * 2 ** 20;

const answerSchema = z.record(
  z.string(),
  z.array(
    z.object({
      box: z.tuple([z.number(), z.number(), z.number(), z.number()]),
      classIndex: z.int().nonnegative(),
      score: z.number(),
    }),
  ),
);

/**
 * What the Python reference finds, by image path.
 * @param python an interpreter with the packages of requirements.txt
 * @throws Error when it can't be run
 */
export async function detectByReference(
  python: string,
  model: ResolvedModel,
  images: readonly string[],
  minScore: number,
): Promise<ReadonlyMap<string, readonly Detection[]>> {
  const args = [script, model.path, ...images, '--min-score', String(minScore)];
  const { stdout } = await promisify(execFile)(python, args, { maxBuffer: maxAnswerBytes }).catch(
    (error: unknown) => {
      throw new Error(
        `the reference can't be run by ${python}: ${lastLineOf(error)}. Install bench/reference/requirements.txt for it, or name another interpreter with --python.`,
        { cause: error },
      );
    },
  );
  const answer = answerSchema.parse(JSON.parse(stdout));
  return new Map(
    Object.entries(answer).map(([path, found]) => [
      path,
      found.map(({ box, classIndex, score }) => ({
        box,
        className: model.classNames[classIndex] ?? '',
        score,
      })),
    ]),
  );
}

/** Python says what is wrong in the last line of what it prints. */
function lastLineOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const printed = 'stderr' in error ? String(error.stderr).trim() : '';
  return printed.split('\n').at(-1) || error.message;
}
