import type { Backdrop } from './backdrops/backdrop.ts';
import type { Camera, Framing } from './camera.ts';
import type { Condition } from './conditions/condition.ts';
import type { Actor } from './traffic.ts';

/** A place: what stands there and how the camera sees it. */
export interface Place {
  readonly backdrop: Backdrop;
  readonly framing: Framing;
}

/** The frame that actors cross, size in pixels. */
export interface View {
  readonly camera: Camera;
  readonly width: number;
  readonly height: number;
}

/** An upright strip of the picture, pixels, whose part of the backdrop stands before all figures. */
export interface Screen {
  readonly left: number;
  readonly right: number;
}

/** Everything a scene is composed from. */
export interface Staging {
  readonly place: Place;
  readonly conditions: readonly Condition[];
  readonly screens: readonly Screen[];
  /** Who is on the way at `seconds`, farthest first. */
  actorsAt(view: View, seconds: number): Actor[];
}
