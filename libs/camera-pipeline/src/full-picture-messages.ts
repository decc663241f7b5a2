import type { Polygon } from '@framegate/motion-detection';
import type { Source } from '@framegate/video-source';

/** What the thread of a full picture is started with. */
export interface FullPictureStart {
  readonly source: Source;
  readonly pace: 'realtime' | 'none';
  readonly loop: boolean;
  readonly clockAnchorUs: number;
}

/** Asks for the next frame as a JPEG. Polygons in fractions of the picture. */
export interface PictureRequest {
  readonly width: number;
  readonly quality: number;
  readonly privacyMasks: readonly Polygon[];
}

/** The next frame after a request, or why there is none. */
export type PictureReply = { readonly picture: TakenPicture } | { readonly failure: string };

/** A JPEG ready to be sent. Sizes: of the JPEG, and of the camera's picture that it shows. */
export interface TakenPicture {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  readonly sourceWidth: number;
  readonly sourceHeight: number;
  readonly capturedAtUs: number;
  readonly decodeMs: number;
  readonly encodeMs: number;
}
