import type { Detection } from '@framegate/detection';
import type { DetectError, DetectErrorCode } from './detect-error.ts';

export type ImageInput =
  | { readonly kind: 'jpeg'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'rgb';
      /** Interleaved RGB, 8 bits, rows without gaps; scaled to fit into the model's input already. */
      readonly data: Uint8Array;
      readonly width: number;
      readonly height: number;
      /** The size of the image before it was scaled: detections are in its pixels. */
      readonly sourceWidth: number;
      readonly sourceHeight: number;
    };

export interface DetectResult {
  /** In pixels of the image as it was given: a JPEG's own, an RGB image's source. */
  readonly detections: readonly Detection[];
  readonly imageWidth: number;
  readonly imageHeight: number;
  /** JPEG to pixels of the model's size; 0 for an RGB image. */
  readonly decodeMs: number;
  /** Packing, the model's run (the whole one where several images share it) and reading its output. */
  readonly inferenceMs: number;
  /** When a worker took the image up, milliseconds since the Unix epoch. */
  readonly startedAtMs: number;
}

/** What came of one image of several. */
export type DetectOutcome = DetectResult | DetectError;

/** A `DetectOutcome` that survives the way between threads. */
export type SentOutcome =
  | { readonly result: DetectResult }
  | { readonly failure: { readonly code: DetectErrorCode; readonly message: string } };
