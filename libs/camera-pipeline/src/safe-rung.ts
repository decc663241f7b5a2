import type { CameraConfig } from '@framegate/contracts';

/** What no camera of a site exceeds while no controller is heard: little enough for a bad link, enough to be of use. */
const safeRung = { framesPerSecond: 2, width: 640, quality: 65 } as const;

/** Since when a site stands on its own safe rung, µs of its clock; null while it does not. */
export type SafeSince = number | null;

/**
 * Whether a site goes to its safe rung. Nobody watches the promise while no controller is heard, and a setting that
 * was right then may be far too much now; the first word of a controller takes it back.
 *
 * @param heardAtUs when a controller was last heard, or the site began to listen
 * @param afterSeconds the declared time; 0: never
 */
export function safeSince(
  before: SafeSince,
  nowUs: number,
  heardAtUs: number,
  afterSeconds: number,
): SafeSince {
  const isAlone = afterSeconds > 0 && nowUs - heardAtUs >= afterSeconds * 1e6;
  return isAlone ? (before ?? nowUs) : null;
}

/** What a camera does on the safe rung: what it was last told, but no more than the rung. */
export function safeConfig(config: CameraConfig): CameraConfig {
  return {
    ...config,
    framesPerSecond: Math.min(config.framesPerSecond, safeRung.framesPerSecond),
    width: Math.min(config.width, safeRung.width),
    quality: Math.min(config.quality, safeRung.quality),
  };
}
