export type { Grid, Look } from './grid.ts';
export type { Clip, FootageMeasurement, MeasuredClip, MeasureOptions } from './measure-footage.ts';
export { measureFootage } from './measure-footage.ts';
export type { MeasuredPoint } from './points.ts';
export { paretoSet } from './pareto-set.ts';
