export { readLoadOptions } from './load-options.ts';
export type { RunBus } from './open-bus.ts';
export { openBus } from './open-bus.ts';
export { runPart } from './run-part.ts';
