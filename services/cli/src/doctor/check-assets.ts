import type { AssetName } from '@framegate/assets';
import { AssetError, assetCatalogue, findAsset, isAssetName } from '@framegate/assets';
import type { Check } from './check.ts';
import { ok, optional } from './check.ts';

/** Real clips and the detectors for them; the demo goes on with synthetic scenes where they are absent. */
export async function checkAssets(): Promise<Check[]> {
  return Promise.all(Object.keys(assetCatalogue).filter(isAssetName).map(checkAsset));
}

async function checkAsset(name: AssetName): Promise<Check> {
  try {
    const { path } = await findAsset(name, { allowDownload: false });
    return ok(name, path);
  } catch (error) {
    if (!(error instanceof AssetError)) throw error;
    if (error.code !== 'MISSING') return optional(name, error.message, 'remove or replace that file');
    return optional(name, 'not on this machine', adviceFor(name));
  }
}

function adviceFor(name: AssetName): string {
  const asset = assetCatalogue[name];
  const put = `put ${asset.file} into a folder and name that in FRAMEGATE_ASSETS`;
  if (!('download' in asset)) return put;
  return asset.folder === 'models'
    ? `"framegate models pull ${name}", or ${put}`
    : `the demo fetches it, or ${put}`;
}
