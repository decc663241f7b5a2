import { AssetError } from '@framegate/assets';
import { ModelError, resolveModel } from '@framegate/object-detector';
import { ConfigError } from '@framegate/service-kit';
import type { Source } from '@framegate/video-source';
import { openSource, SourceError } from '@framegate/video-source';

/**
 * Looks at each model, file and scene once, so that wrong ones are told before anything starts; cameras may come later.
 * @throws ConfigError with what is wrong with each
 */
export async function checkInputs(models: readonly string[], sources: readonly Source[]): Promise<void> {
  const local = sources.filter(({ kind }) => kind === 'file' || kind === 'scene');
  const mistakes = await Promise.all([
    ...[...new Set(models)].map((name) => mistakeOf(() => resolveModel(name))),
    ...local.map((source) => mistakeOf(() => openOnce(source))),
  ]);
  const found = mistakes.filter((mistake) => mistake !== undefined);
  if (found.length > 0) throw new ConfigError(found);
}

async function openOnce(source: Source): Promise<void> {
  const reader = await openSource(source, { pace: 'none', now: () => 0 });
  await reader.close();
}

async function mistakeOf(look: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await look();
    return undefined;
  } catch (error) {
    const isInput =
      error instanceof SourceError || error instanceof ModelError || error instanceof AssetError;
    if (isInput) return error.message;
    throw error;
  }
}
