import type { CameraConfig, CameraIntent, NamedPolygon } from '@framegate/contracts';
import type { GateOptions, Polygon } from '@framegate/motion-detection';
import { checkPolygon } from '@framegate/motion-detection';

/** What a camera thread obeys from the next frame on. Polygons in fractions (0..1) of the picture. */
export interface CameraSettings {
  /** At most this many live frames leave each second. */
  readonly framesPerSecond: number;
  /** Width of the JPEG; never more than the source's. */
  readonly width: number;
  /** JPEG quality, 1..100. */
  readonly quality: number;
  /** 0..100, see the gate's documentation. */
  readonly motionSensitivity: number;
  readonly motionMasks: readonly NamedPolygon[];
  /** Blacked out before encoding. */
  readonly privacyMasks: readonly Polygon[];
  /** Frames from before an event that are sent with it, seconds. */
  readonly preRollSeconds: number;
  /** How long after the last motion frames are still sent, seconds. */
  readonly postRollSeconds: number;
  /** A frame leaves at least this often, seconds; 0 = never without motion. */
  readonly keepAliveSeconds: number;
  /** Whether packets may stay undecoded while nothing moves. */
  readonly watching: 'packets' | 'frames';
}

/** Fractions of the picture to source pixels. */
export function toPixels(polygon: Polygon, width: number, height: number): Polygon {
  return polygon.map(([x, y]) => [x * width, y * height] as const);
}

/** The part of the settings that the gate obeys, for a picture of this size, and what it can't obey. */
export function gateOptionsOf(
  settings: CameraSettings,
  width: number,
  height: number,
): { options: GateOptions; complaints: string[] } {
  const motionMasks: Polygon[] = [];
  const complaints: string[] = [];
  for (const { name, polygon } of settings.motionMasks) {
    const mask = toPixels(polygon, width, height);
    const complaint = checkPolygon(mask, width, height);
    if (complaint === null) motionMasks.push(mask);
    else complaints.push(`motion mask "${name}" ${complaint}; it is not used`);
  }
  return { options: { sensitivity: settings.motionSensitivity, motionMasks }, complaints };
}

/** What a camera obeys: the controller's configuration over the operator's intent; the intent alone until there is one. */
export function settingsOf(config: CameraConfig | undefined, intent: CameraIntent): CameraSettings {
  const { framesPerSecond, width, quality, motionSensitivity } = config ?? intent.wanted;
  return {
    framesPerSecond,
    width,
    quality,
    motionSensitivity,
    motionMasks: intent.motionMasks,
    privacyMasks: intent.privacyMasks.map((mask) => mask.polygon),
    preRollSeconds: intent.preRollSeconds,
    postRollSeconds: intent.postRollSeconds,
    keepAliveSeconds: intent.keepAliveSeconds,
    watching: intent.watching ?? 'frames',
  };
}
