import { AssetError } from '@framegate/assets';
import type { ModelEntry, ResolvedModel } from '@framegate/object-detector';
import { modelCatalogue, ModelError, resolveModel } from '@framegate/object-detector';
import { ConfigError } from '@framegate/service-kit';

/** What is known of a model on this machine. */
export type ModelStatus =
  | { readonly entry: ModelEntry; readonly state: 'here'; readonly model: ResolvedModel }
  | { readonly entry: ModelEntry; readonly state: 'missing' | 'damaged'; readonly reason: string };

/** Looks for a model without fetching it, and checks it. */
export async function statusOf(entry: ModelEntry): Promise<ModelStatus> {
  try {
    return { entry, state: 'here', model: await resolveModel(entry.id, { allowDownload: false }) };
  } catch (error) {
    if (!(error instanceof AssetError) && !(error instanceof ModelError)) throw error;
    const missing = error.code === 'MISSING' || error.code === 'DESCRIPTION';
    return { entry, state: missing ? 'missing' : 'damaged', reason: error.message };
  }
}

/** The entries of these names, or all. @throws {ConfigError} naming each that is not known */
export function entriesOf(names: readonly string[]): readonly ModelEntry[] {
  if (names.length === 0) return modelCatalogue;
  const known = modelCatalogue.map(({ id }) => id);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new ConfigError(unknown.map((name) => `${name}: no such model. There are ${known.join(', ')}.`));
  return modelCatalogue.filter(({ id }) => names.includes(id));
}
