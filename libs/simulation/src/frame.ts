import type { Rung } from '@framegate/control';
import type { CameraSetting } from './camera-setting.ts';

/** What is fixed with the capture of a frame. */
export interface CapturedFrame {
  readonly camera: number;
  readonly cameraId: string;
  readonly seq: number;
  readonly capturedAtUs: number;
  /** By the clock of its site. */
  readonly stampedAtUs: number;
  readonly objectiveMs: number;
  readonly partition: number;
  readonly motion: boolean;
  /** Uniform: what the gate makes of it. */
  readonly gateChance: number;
  /** Standard normal: how much larger than the mean its JPEG is. */
  readonly sizeDeviation: number;
}

/** One frame on its way; times in µs of true time, -1 while a stage has not been reached. */
export interface Frame extends CapturedFrame {
  rung: Rung;
  version: number;
  accuracy: number;
  bytes: number;
  /** Of the edge while it worked on this frame: the gate takes as many times longer. */
  slowness: number;
  decodeMs: number;
  encodeMs: number;
  encodedAtUs: number;
  publishedAtUs: number;
  receivedAtUs: number;
  startedAtUs: number;
  inferredAtUs: number;
}

/** A frame at its capture: all else happens to it later. */
export function newFrame(captured: CapturedFrame, { rung, version, accuracy }: CameraSetting): Frame {
  return {
    ...captured,
    rung,
    version,
    accuracy,
    bytes: 0,
    slowness: 1,
    decodeMs: 0,
    encodeMs: 0,
    encodedAtUs: -1,
    publishedAtUs: -1,
    receivedAtUs: -1,
    startedAtUs: -1,
    inferredAtUs: -1,
  };
}
