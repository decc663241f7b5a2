/** What a scene shows and how it is sampled. Width and height in pixels, both even. */
export interface SceneSpec {
  readonly name: string;
  readonly seed: number;
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
}

export type ObjectClass = 'person' | 'car';

/** One object that can be seen in a frame. */
export interface TruthBox {
  /** The same number for the same object in every frame of the scene. */
  readonly id: number;
  readonly class: ObjectClass;
  /** Pixels, clipped to the frame, without the shadow. */
  readonly box: readonly [x: number, y: number, width: number, height: number];
  /** Share of the object's silhouette that is inside the frame and behind no other object, 0..1. */
  readonly visible: number;
  /** Trials only: whether the object moves along; false while it stands. */
  readonly moving?: boolean;
  /** Trials with a set contrast only: luma levels by which it differs from what lies behind it. */
  readonly contrastLevels?: number;
}

/** Planes Y, U, V one after another, 4:2:0, BT.601 full range (what JPEG uses). */
export interface I420Image {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export interface Scene {
  readonly spec: SceneSpec;
  /**
   * Frame `frameIndex` (any integer >= 0, in any order: equal indices give equal bytes).
   * With `into` (width * height * 3 / 2 bytes) it is drawn there and no buffer is allocated.
   */
  render(frameIndex: number, into?: Uint8Array): I420Image;
  /** What can be seen in that frame, nearest object last. */
  truth(frameIndex: number): TruthBox[];
}
