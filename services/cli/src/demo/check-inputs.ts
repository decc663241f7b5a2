import { AssetError } from '@framegate/assets';
import { ModelError, resolveModel } from '@framegate/object-detector';
import { ConfigError } from '@framegate/service-kit';
import type { Source } from '@framegate/video-source';
import { openSource, SourceError } from '@framegate/video-source';

/**
 * Opens each file and scene once, so that a wrong one is told before anything starts; cameras may come later.
 * @throws ConfigError with what is wrong with each
 */
export async function checkFiles(sources: readonly Source[]): Promise<void> {
  const mistakes: string[] = [];
  for (const source of sources.filter(({ kind }) => kind === 'file' || kind === 'scene')) {
    try {
      const reader = await openSource(source, { pace: 'none', now: () => 0 });
      await reader.close();
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      mistakes.push(error.message);
    }
  }
  if (mistakes.length > 0) throw new ConfigError(mistakes);
}

/** @throws ConfigError with what is wrong with each model */
export async function checkModels(names: readonly string[]): Promise<void> {
  const mistakes: string[] = [];
  for (const name of new Set(names)) {
    try {
      await resolveModel(name);
    } catch (error) {
      if (!(error instanceof ModelError || error instanceof AssetError)) throw error;
      mistakes.push(error.message);
    }
  }
  if (mistakes.length > 0) throw new ConfigError(mistakes);
}
