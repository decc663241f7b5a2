/** Where a camera's setting has the value of each of its levers. */
export const leverFields = {
  'frame-rate': 'framesPerSecond',
  resolution: 'width',
  'jpeg-quality': 'quality',
  'motion-sensitivity': 'motionSensitivity',
  model: 'model',
} as const;
