import type { Asset } from '@framegate/assets';
import { assetCatalogue } from '@framegate/assets';
import type { ModelEntry } from '@framegate/object-detector';

/** What the catalogue pins of a model's file; nulls for the project's own, which is described beside its file. */
export function pinOf({ source }: ModelEntry): {
  sha256: string | null;
  bytes: number | null;
  download: string | null;
} {
  if (!('asset' in source)) return { sha256: null, bytes: null, download: null };
  const { sha256, bytes, download }: Asset = assetCatalogue[source.asset];
  return { sha256, bytes, download: download?.url ?? null };
}
