export type { AssetErrorCode } from './asset-error.ts';
export { AssetError } from './asset-error.ts';
export { cacheFolder } from './cache-folder.ts';
export type { Asset, AssetName } from './catalogue.ts';
export { assetCatalogue, isAssetName } from './catalogue.ts';
export { sha256OfFile, verifyChecksum } from './checksum.ts';
export type { DownloadProgress } from './download.ts';
export type { FindOptions, FoundAsset } from './find-asset.ts';
export { findAsset } from './find-asset.ts';
