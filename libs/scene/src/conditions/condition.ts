import type { Camera } from '../camera.ts';
import type { Painter } from '../painting/painter.ts';

/** One frame's place in time and the view it is seen in. */
export interface Moment {
  readonly seed: number;
  readonly frameIndex: number;
  readonly seconds: number;
  readonly camera: Camera;
  /** Frame size, pixels. */
  readonly width: number;
  readonly height: number;
}

/** Exposure: luma = gain * luma + offset; saturation scales the distance from grey. */
export interface Tone {
  readonly gain: number;
  readonly offset: number;
  readonly saturation: number;
}

/** What weather, light or the camera do to a scene. Each condition is one aspect; a scene has any number. */
export interface Condition {
  /** Moving things behind all figures. */
  paintBehind?(painter: Painter, moment: Moment): void;
  /** Moving things before all figures. */
  paintBefore?(painter: Painter, moment: Moment): void;
  tone?(seconds: number, seed: number): Tone;
  /** Light that falls on a point of the picture (shares of width and height), 1 = full; constant over time. */
  light?(x: number, y: number): number;
  /** How far the camera has moved, as shares of the frame's height, at most `reach` each way. */
  readonly shake?: {
    readonly reach: number;
    at(seconds: number, seed: number, frameIndex: number): readonly [dx: number, dy: number];
  };
  /** How the light falls at a moment (shares of width and height), 1 = full, at most 2; multiplies the picture. */
  movingLight?(moment: Moment): (x: number, y: number) => number;
  /** As `shake`, but in fractions of pixels, as the picture of the whole world is sampled anew. */
  readonly tremor?: {
    readonly reach: number;
    at(seconds: number, seed: number): readonly [dx: number, dy: number];
  };
  /**
   * How what stands still decays between the key frames of a codec; the noise stands still as long. Not together
   * with a camera that moves.
   */
  readonly pulsing?: {
    /** Groups of pictures since the beginning, with the share of the current one. */
    groupsAt(seconds: number, seed: number): number;
  };
  /** What the sensor adds to the finished picture. */
  paintOnSensor?(luma: Uint8ClampedArray, moment: Moment): void;
  /** Standard deviation of the sensor's noise, luma levels. */
  readonly noiseLevels?: number;
}
