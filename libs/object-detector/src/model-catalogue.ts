import type { AssetName } from '@framegate/assets';
import { assetCatalogue } from '@framegate/assets';
import { cocoClasses } from './coco-classes.ts';
import type { HeadName } from './head.ts';

/** A model that the project knows by name. */
export interface ModelEntry {
  readonly id: string;
  readonly head: HeadName;
  /** By class index. */
  readonly classNames: readonly string[];
  readonly licence: string;
  readonly sha256: string;
  readonly bytes: number;
  /** An asset, or a file of this package. */
  readonly source: { readonly asset: AssetName } | { readonly file: URL };
}

export const modelCatalogue: readonly ModelEntry[] = [
  yoloxNano('yolox-nano-416'),
  yoloxNano('yolox-nano-640'),
];

function yoloxNano(asset: AssetName): ModelEntry {
  const { licence, sha256, bytes } = assetCatalogue[asset];
  return { id: asset, head: 'yolox', classNames: cocoClasses, licence, sha256, bytes, source: { asset } };
}
