import type { NamedPolygon } from './live.ts';

/** What an operator wants of a camera, as `/v1/cameras/:site/:camera` tells it. */
export interface WantedOfCamera {
  readonly revision: number;
  readonly motionMasks: readonly NamedPolygon[];
  readonly privacyMasks: readonly NamedPolygon[];
  readonly zones: readonly NamedPolygon[];
  /** Empty: all that the model knows. */
  readonly classes: readonly string[];
  readonly objectiveMs: number;
  readonly preRollSeconds: number;
  readonly postRollSeconds: number;
  readonly keepAliveSeconds: number;
  readonly wanted: CameraSettings;
}

export interface CameraSettings {
  readonly framesPerSecond: number;
  readonly width: number;
  readonly quality: number;
  readonly motionSensitivity: number;
  readonly model: string;
}

export interface CameraDetails {
  readonly intent: WantedOfCamera;
  /** What the controller gives; null before it has said so. */
  readonly config: (CameraSettings & { readonly reason: string }) | null;
  /** What the SLO file promises in place of what is wanted; null where it says nothing of this camera. */
  readonly declaredObjectiveMs: number | null;
  /** The classes that may be chosen. */
  readonly knownClasses: readonly string[];
}

/** One class of objects in view, from its first result to its last, newest first. */
export interface Sighting {
  readonly className: string;
  readonly fromUs: number;
  readonly toUs: number;
  /** Most of them at once. */
  readonly most: number;
  readonly bestScore: number;
  readonly zones: readonly string[];
}
