import { join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import type { Asset } from './catalogue.ts';

export type AssetSource = 'user' | 'env' | 'shared' | 'cache' | 'download';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A path where an asset may lie. */
export interface Place {
  readonly path: string;
  readonly source: AssetSource;
}

/** The folder `shared` beside this repository. */
const sharedFolder = join(import.meta.dirname, '../../../../shared');

/** Where to look for an asset that nobody gave a path for, in order. */
export function placesOf(
  { folder, file }: Asset,
  environment: Environment,
  shared: string = sharedFolder,
): Place[] {
  const own = environment['FRAMEGATE_ASSETS'];
  const ownPaths = own === undefined || own === '' ? [] : [join(own, file), join(own, folder, file)];
  return [
    ...ownPaths.map((path): Place => ({ path, source: 'env' })),
    { path: join(shared, folder, file), source: 'shared' },
    { path: join(cacheFolder('assets', environment), file), source: 'cache' },
  ];
}
