export type { GateDecision, Suppression } from './decision.ts';
export type { LumaPlane } from './downscale.ts';
export { downscaleFactor, downscaleLuma } from './downscale.ts';
export type { GateOptions, MotionGate, ResetReason } from './gate.ts';
export { createMotionGate } from './gate.ts';
export type { Grid } from './grid.ts';
export type { Point, Polygon } from './polygon.ts';
export { checkPolygon, rasterisePolygon } from './polygon.ts';
export type { MotionRegion } from './regions.ts';
