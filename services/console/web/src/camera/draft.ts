import type { WantedOfCamera } from '../../../src/protocol/camera.ts';

/** What a person is about to change, flat as the form has it. */
export interface Draft {
  motionSensitivity: number;
  objectiveMs: number;
  framesPerSecond: number;
  width: number;
  quality: number;
  classes: string[];
}

export function draftOf({ objectiveMs, classes, wanted }: WantedOfCamera): Draft {
  const { motionSensitivity, framesPerSecond, width, quality } = wanted;
  return { motionSensitivity, objectiveMs, framesPerSecond, width, quality, classes: [...classes] };
}

/** As the API takes it. */
export function changeOf({ objectiveMs, classes, ...wanted }: Draft) {
  return { objectiveMs, classes, wanted };
}
