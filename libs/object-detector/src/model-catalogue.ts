import type { AssetName } from '@framegate/assets';
import { assetCatalogue } from '@framegate/assets';
import { cocoClasses } from '@framegate/detection';
import type { HeadName } from './head.ts';

/** A model that the project knows by name. */
export interface ModelEntry {
  readonly id: string;
  readonly head: HeadName;
  /** By class index. */
  readonly classNames: readonly string[];
  readonly licence: string;
  /** An asset, whose checksum the catalogue of assets has; or a file of this package, described beside it. */
  readonly source: { readonly asset: AssetName } | { readonly file: URL };
}

export const modelCatalogue: readonly ModelEntry[] = [
  yoloxNano('yolox-nano-416'),
  yoloxNano('yolox-nano-640'),
  {
    id: 'street-nano',
    head: 'yolox',
    classNames: ['person', 'car'],
    licence: 'Apache-2.0',
    source: { file: new URL('../models/street-nano/street-nano.onnx', import.meta.url) },
  },
];

function yoloxNano(asset: AssetName): ModelEntry {
  const { licence } = assetCatalogue[asset];
  return { id: asset, head: 'yolox', classNames: cocoClasses, licence, source: { asset } };
}
