import type { Box } from '@framegate/detection';
import type { Motion } from './kalman.ts';
import { beginMotion, correctMotion, predictMotion } from './kalman.ts';

/** How a box moves: its centre and its size, each by itself (BoT-SORT, Aharon et al., 2022, has this state). */
export interface BoxMotion {
  readonly x: Motion;
  readonly y: Motion;
  readonly width: Motion;
  readonly height: Motion;
}

/**
 * Standard deviations as shares of the box's longer side, as in DeepSORT and ByteTrack (1/20 of the height for a
 * measured position). A person of 1.7 m may change its speed by about 1 m/s within a second, a size changes slower.
 */
const measured = 1 / 20;
const unknownVelocity = 1;
const acceleration = 0.6;
const sizeAcceleration = 0.1;

/** Behind it nobody knows where a box that was not seen went; it is looked for where it was heading then. */
const maxCoastSeconds = 1;

export function beginBox(box: Box): BoxMotion {
  const unit = longerSide(box);
  const begin = (position: number, velocityShare: number): Motion =>
    beginMotion(position, measured * unit, velocityShare * unit);
  return {
    x: begin(box[0] + box[2] / 2, unknownVelocity),
    y: begin(box[1] + box[3] / 2, unknownVelocity),
    width: begin(box[2], unknownVelocity / 10),
    height: begin(box[3], unknownVelocity / 10),
  };
}

/** @param seconds since the box was seen */
export function predictBox(motion: BoxMotion, seconds: number): BoxMotion {
  const coasted = Math.min(seconds, maxCoastSeconds);
  const unit = Math.max(motion.width.position, motion.height.position);
  const [moves, grows] = [acceleration * unit, sizeAcceleration * unit];
  return {
    x: predictMotion(motion.x, coasted, moves),
    y: predictMotion(motion.y, coasted, moves),
    width: predictMotion(motion.width, coasted, grows),
    height: predictMotion(motion.height, coasted, grows),
  };
}

/** @param predicted for the moment at which `box` was seen */
export function correctBox(predicted: BoxMotion, box: Box): BoxMotion {
  const std = measured * longerSide(box);
  return {
    x: correctMotion(predicted.x, box[0] + box[2] / 2, std),
    y: correctMotion(predicted.y, box[1] + box[3] / 2, std),
    width: correctMotion(predicted.width, box[2], std),
    height: correctMotion(predicted.height, box[3], std),
  };
}

export function boxOf({ x, y, width, height }: BoxMotion): Box {
  const [w, h] = [Math.max(1, width.position), Math.max(1, height.position)];
  return [x.position - w / 2, y.position - h / 2, w, h];
}

export function longerSide([, , width, height]: Box): number {
  return Math.max(1, width, height);
}
