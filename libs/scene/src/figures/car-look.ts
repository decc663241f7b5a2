import { rgb, type Paint } from '../painting/paint.ts';
import { hashUnit, pick } from '../random.ts';

/** Points of a side view in metres: along the car (0 at its middle, front positive) and above the ground. */
export type Outline = readonly (readonly [along: number, up: number])[];

/** The shape of one kind of car. */
export interface CarShape {
  /** Closed outline, clockwise from the rear bumper over the roof to the front. */
  readonly body: Outline;
  /** Segments of `body` (index of their first point) that are glass. */
  readonly glassSegments: readonly number[];
  readonly sideWindows: readonly Outline[];
  readonly widthMetres: number;
  readonly wheels: readonly [rear: number, front: number];
  readonly wheelRadius: number;
}

/** What one car looks like. */
export interface CarLook {
  readonly shape: CarShape;
  readonly colour: Paint;
}

const hatchback: CarShape = {
  body: [
    [-1.95, 0.3],
    [-2.0, 0.62],
    [-1.9, 0.95],
    [-1.5, 1.42],
    [0.25, 1.46],
    [1.0, 0.98],
    [1.8, 0.84],
    [2.0, 0.6],
    [1.98, 0.3],
  ],
  glassSegments: [2, 4],
  sideWindows: [
    [
      [-1.55, 0.98],
      [-1.32, 1.34],
      [-0.55, 1.38],
      [-0.5, 0.98],
    ],
    [
      [-0.4, 0.98],
      [-0.43, 1.38],
      [0.18, 1.38],
      [0.78, 0.98],
    ],
  ],
  widthMetres: 1.7,
  wheels: [-1.25, 1.25],
  wheelRadius: 0.31,
};

const sedan: CarShape = {
  body: [
    [-2.25, 0.32],
    [-2.28, 0.7],
    [-2.2, 0.96],
    [-1.55, 1.02],
    [-0.95, 1.42],
    [0.3, 1.44],
    [1.05, 0.98],
    [2.05, 0.86],
    [2.25, 0.6],
    [2.22, 0.32],
  ],
  glassSegments: [3, 5],
  sideWindows: [
    [
      [-1.3, 1.0],
      [-0.85, 1.36],
      [-0.28, 1.37],
      [-0.25, 1.0],
    ],
    [
      [-0.15, 1.0],
      [-0.18, 1.37],
      [0.24, 1.37],
      [0.84, 1.0],
    ],
  ],
  widthMetres: 1.75,
  wheels: [-1.4, 1.4],
  wheelRadius: 0.32,
};

const van: CarShape = {
  body: [
    [-2.35, 0.35],
    [-2.4, 0.8],
    [-2.35, 1.85],
    [-2.2, 1.98],
    [1.1, 2.0],
    [1.85, 1.2],
    [2.3, 1.05],
    [2.42, 0.7],
    [2.4, 0.35],
  ],
  glassSegments: [4],
  sideWindows: [
    [
      [0.25, 1.22],
      [0.25, 1.78],
      [1.05, 1.8],
      [1.55, 1.22],
    ],
  ],
  widthMetres: 1.85,
  wheels: [-1.5, 1.5],
  wheelRadius: 0.34,
};

const colours: readonly [Paint, ...Paint[]] = [
  rgb(176, 30, 36),
  rgb(236, 236, 232),
  rgb(36, 72, 140),
  rgb(30, 32, 36),
  rgb(168, 174, 180),
  rgb(232, 188, 40),
  rgb(48, 104, 84),
  rgb(120, 62, 40),
  rgb(92, 148, 196),
];

/** The same seed and car give the same look. */
export function carLook(seed: number, id: number): CarLook {
  const shape = pick([hatchback, hatchback, sedan, sedan, van], hashUnit(seed, id, 2000));
  return { shape, colour: pick(colours, hashUnit(seed, id, 2001)) };
}
