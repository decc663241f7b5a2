import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brokerHost } from './local-terms.ts';
import type { Pod } from './service-process.ts';
import { createServicePod } from './service-process.ts';

export interface EdgePodOptions {
  readonly site: string;
  /** Of each camera, as the site file has it. */
  readonly sources: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
}

/** The edge of a site. Its cameras are named camera-1, camera-2 … */
export function createEdgePod(name: string, { site, sources, environment, folder }: EdgePodOptions): Pod {
  const state = join(folder, `${name}-state`);
  mkdirSync(state, { recursive: true });
  const siteFile = join(folder, `${site}.yaml`);
  const cameras = sources.map(
    (source, i) => `  - { id: camera-${i + 1}, source: "${source}", model: street-nano, watching: frames }`,
  );
  writeFileSync(siteFile, [`site: ${site}`, 'cameras:', ...cameras, ''].join('\n'));
  return createServicePod(
    'edge',
    name,
    { ...environment, FRAMEGATE_SITE_FILE: siteFile, FRAMEGATE_STATE_DIR: state },
    folder,
    { [brokerHost]: '127.0.0.1' },
  );
}

/** Synthetic cameras, each of its own scene. */
export function sceneSources(cameras: number, framesPerSecond: number, firstSeed: number): string[] {
  return Array.from(
    { length: cameras },
    (_, i) => `scene:rush-hour?seed=${firstSeed + i}&fps=${framesPerSecond}&size=320x180`,
  );
}
