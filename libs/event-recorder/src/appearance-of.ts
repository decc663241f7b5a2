import type { Detection } from '@framegate/contracts';
import type { Appearance } from '@framegate/history-store';
import { maxAppearanceUs } from '@framegate/history-store';
import type { Track } from '@framegate/object-tracking';

/** The pixels that a camera's boxes are in. */
export type PictureSize = Pick<Detection, 'sourceWidth' | 'sourceHeight'>;

/** A frame of one camera, for its tracker: `<epoch>.<seq>`. */
export function shortFrameId({ epoch, seq }: { readonly epoch: number; readonly seq: number }): string {
  return `${epoch}.${seq}`;
}

/** `<site>.<camera>.<epoch>.<seq>.<n>`: fit for a URL, and the same whenever the same frames are followed. */
export function appearanceId(cameraId: string, track: Track): string {
  return `${cameraId.replace('/', '.')}.${track.id}`;
}

export function appearanceOf(cameraId: string, size: PictureSize, track: Track, open: boolean): Appearance {
  return {
    id: appearanceId(cameraId, track),
    cameraId,
    className: track.className,
    // What came late may have made it longer than one may be.
    startUs: Math.max(track.startUs, track.lastUs - maxAppearanceUs),
    endUs: track.lastUs,
    open,
    detections: track.detections,
    bestScore: track.bestScore,
    bestAtUs: track.bestAtUs,
    box: track.bestBox,
    firstBox: track.firstBox,
    lastBox: track.lastBox,
    sourceWidth: size.sourceWidth,
    sourceHeight: size.sourceHeight,
    zones: track.zones,
  };
}

/** A track as far as its appearance tells, to go on with after a restart or to join with what came late. */
export function trackOf(appearance: Appearance): Track {
  const prefix = `${appearance.cameraId.replace('/', '.')}.`;
  return {
    id: appearance.id.slice(prefix.length),
    className: appearance.className,
    startUs: appearance.startUs,
    lastUs: appearance.endUs,
    detections: appearance.detections,
    zones: appearance.zones,
    bestScore: appearance.bestScore,
    bestAtUs: appearance.bestAtUs,
    bestFrame: '',
    bestBox: appearance.box,
    firstBox: appearance.firstBox,
    lastBox: appearance.lastBox,
  };
}
