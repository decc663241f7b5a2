import type { CameraIntent } from '@framegate/contracts';
import { ConfigError } from '@framegate/service-kit';
import type { Source } from '@framegate/video-source/source';
import { parseSource } from '@framegate/video-source/source';
import type { Environment } from '@framegate/yaml-file';
import { formatMistake, readTextFile } from '@framegate/yaml-file';
import { intentOf } from './intent.ts';
import { parseSite } from './parse-site.ts';

/** A site as an edge runs it. */
export interface ReadSite {
  readonly site: string;
  readonly timezone: string;
  readonly cameras: readonly {
    readonly source: Source;
    readonly watch?: Source | undefined;
    readonly intent: CameraIntent;
  }[];
}

/** Reads a site file from disk. @throws ConfigError with every mistake, each with its line and column */
export function readSite(file: string, env: Environment): ReadSite {
  const parsed = parseSite(readTextFile(file, 'site file'), file, env);
  if ('mistakes' in parsed) throw new ConfigError(parsed.mistakes.map(formatMistake));
  const { site, timezone, cameras } = parsed.site;
  const runnable = cameras.map((camera) => ({
    source: parseSource(camera.source),
    ...(camera.watch === undefined ? {} : { watch: parseSource(camera.watch) }),
    intent: intentOf(parsed.site, camera),
  }));
  return { site, timezone, cameras: runnable };
}
