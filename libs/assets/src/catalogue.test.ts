import { describe, expect, it } from 'vitest';
import type { Asset } from './catalogue.ts';
import { assetCatalogue, isAssetName } from './catalogue.ts';

const assets: [name: string, asset: Asset][] = Object.entries(assetCatalogue);

describe('the catalogue of assets', () => {
  it('knows its names only', () => {
    expect(isAssetName('vtest.avi')).toBe(true);
    expect(isAssetName('toString')).toBe(false);
  });

  it.each(assets)('pins %s and its download by whole checksums', (_, { sha256, download }) => {
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(download?.sha256 ?? sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('downloads from addresses that name a release or a commit, never a branch', () => {
    const urls = assets.flatMap(([, { download }]) => (download === undefined ? [] : [download.url]));
    expect(urls.length).toBeGreaterThan(0);
    for (const url of urls) expect(url).toMatch(/^https:\/\/.*(\/releases\/download\/|\/[0-9a-f]{40}\/)/);
  });
});
