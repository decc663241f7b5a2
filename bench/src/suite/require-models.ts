import { AssetError } from '@framegate/assets';
import type { ResolvedModel } from '@framegate/object-detector';
import { ModelError, resolveModel } from '@framegate/object-detector';

/**
 * Ends the bench with code 2 and a line for each model that an option names and that can't be used.
 * @returns them
 */
export async function requireModels(option: string, names: readonly string[]): Promise<ResolvedModel[]> {
  const found = await Promise.allSettled(names.map((name) => resolveModel(name)));
  const mistakes = found.flatMap((one) => (one.status === 'rejected' ? mistakeOf(one.reason) : []));
  if (mistakes.length > 0) {
    process.stderr.write(mistakes.map((mistake) => `${option}: ${mistake}\n`).join(''));
    process.exit(2);
  }
  return found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
}

function mistakeOf(error: unknown): string {
  if (error instanceof ModelError || error instanceof AssetError) return error.message;
  throw error;
}
