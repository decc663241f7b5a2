export type { AllInOne, AllInOneDeps } from './app.ts';
export { startAllInOne } from './app.ts';
export type { ShapedBus } from './shaped-bus.ts';
export { createShapedBus } from './shaped-bus.ts';
