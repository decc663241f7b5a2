import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { AssetError } from './asset-error.ts';
import { cacheFolder } from './cache-folder.ts';
import type { Asset, AssetName } from './catalogue.ts';
import { assetCatalogue } from './catalogue.ts';
import { verifyChecksum } from './checksum.ts';
import type { DownloadOptions } from './download.ts';
import { download } from './download.ts';
import type { AssetSource, Environment } from './places.ts';
import { placesOf } from './places.ts';

export interface FindOptions extends DownloadOptions {
  /** The user's own copy; looked at first, and nowhere else then. */
  readonly path?: string | undefined;
  /** False: answer from this machine or not at all. */
  readonly allowDownload?: boolean;
  /** `FRAMEGATE_ASSETS` and `XDG_CACHE_HOME` are read; by default the process's. */
  readonly environment?: Environment;
  /** Instead of `../shared`. */
  readonly sharedFolder?: string;
}

export interface FoundAsset {
  readonly path: string;
  readonly source: AssetSource;
  readonly sha256: string;
}

/**
 * Finds a file of the catalogue: the user's path, `FRAMEGATE_ASSETS`, `../shared`, the cache, a pinned download.
 * The first file that is there decides: where its content is wrong, that is an error and not passed over.
 * @throws AssetError
 */
export function findAsset(name: AssetName, options: FindOptions = {}): Promise<FoundAsset> {
  return find(name, assetCatalogue[name], options);
}

/** `findAsset` for an asset that need not be in the catalogue. */
export async function find(name: string, asset: Asset, options: FindOptions): Promise<FoundAsset> {
  const { path, environment = process.env, allowDownload = true } = options;
  if (path !== undefined) return findAtUsersPath(name, asset, path);
  const places = placesOf(asset, environment, options.sharedFolder);
  for (const place of places)
    if (await exists(place.path)) return { ...place, sha256: await verify(place.path, asset) };
  if (!allowDownload || asset.download === undefined)
    throw missing(name, asset, [...new Set(places.map((place) => place.path))]);
  const downloaded = join(cacheFolder('assets', environment), asset.file);
  await download(asset.download, downloaded, options);
  return { path: downloaded, source: 'download', sha256: asset.download.sha256 };
}

async function findAtUsersPath(name: string, asset: Asset, path: string): Promise<FoundAsset> {
  if (!(await exists(path)))
    throw new AssetError('MISSING', `${name} is not at ${path}, the path that was given for it`);
  return { path, source: 'user', sha256: await verify(path, asset) };
}

function verify(path: string, { sha256, download: pinned }: Asset): Promise<string> {
  return verifyChecksum(path, [...new Set([sha256, pinned?.sha256 ?? sha256])]);
}

function missing(name: string, { file, download: pinned }: Asset, paths: readonly string[]): AssetError {
  const publicly =
    pinned === undefined ? 'no public download is pinned for it' : 'downloading was not allowed';
  return new AssetError(
    'MISSING',
    `${name} is not on this machine (looked at ${paths.join(', ')}) and ${publicly}. Put ${file} into a folder and name that in FRAMEGATE_ASSETS.`,
  );
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
