import type { SiteFile } from './site-schema.ts';
import { builtInDefaults } from './site-schema.ts';
import type { Site, SiteCamera } from './site.ts';

/** Fills in what a camera leaves out: from the file's `defaults`, else what Framegate brings. */
export function withDefaults({ site, timezone = 'UTC', defaults = {}, cameras }: SiteFile): Site {
  return { site, timezone, cameras: cameras.map((camera) => completed(camera, defaults)) };
}

function completed(
  camera: SiteFile['cameras'][number],
  defaults: NonNullable<SiteFile['defaults']>,
): SiteCamera {
  const setting = <Key extends keyof typeof builtInDefaults>(key: Key) =>
    camera[key] ?? defaults[key] ?? builtInDefaults[key];
  return {
    id: camera.id,
    source: camera.source,
    watch: camera.watch,
    motionMasks: camera.motionMasks ?? [],
    privacyMasks: camera.privacyMasks ?? [],
    zones: camera.zones ?? [],
    framesPerSecond: setting('framesPerSecond'),
    width: setting('width'),
    quality: setting('quality'),
    classes: setting('classes'),
    objectiveMs: setting('objectiveMs'),
    sensitivity: setting('sensitivity'),
    keepAliveSeconds: setting('keepAliveSeconds'),
    preRollSeconds: setting('preRollSeconds'),
    postRollSeconds: setting('postRollSeconds'),
    watching: setting('watching'),
    model: setting('model'),
  };
}
