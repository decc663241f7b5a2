import type { Size } from '@framegate/detection';
import type { Source } from '@framegate/video-source';
import type { AnalysedFrame } from './analysed-frame.ts';

/** What a decoding thread is started with. */
export interface DecodeTask {
  readonly source: Source;
  readonly decoderThreads: number;
  /** The model's input: frames are scaled to fit into it. */
  readonly model: Size;
  /** False: every frame is sent. */
  readonly gated: boolean;
  /** One credit for each frame that may be under way. */
  readonly credit: SharedArrayBuffer;
}

/** A frame for the detector. */
export interface DecodedFrame {
  readonly type: 'frame';
  readonly index: number;
  readonly timeUs: number;
  readonly width: number;
  readonly height: number;
  /** Interleaved, scaled to `scaled`. */
  readonly rgb: Uint8Array<ArrayBuffer>;
  readonly scaled: Size;
  readonly gate: AnalysedFrame['gate'];
}

/** So many frames were decoded since the last message of this kind. */
export interface DecodeProgress {
  readonly type: 'progress';
  readonly frames: number;
}

export interface DecodeEnd {
  readonly type: 'end';
  readonly captured: number;
  /** By the gate. */
  readonly stopped: number;
  /** Packets that held no picture. */
  readonly undecodable: number;
  /** Why the file could not be read to its end; every frame before that was sent. */
  readonly problem: string | null;
}

export type FromDecoder = DecodedFrame | DecodeProgress | DecodeEnd;
