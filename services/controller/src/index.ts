export type { Controller, ControllerDeps } from './app.ts';
export { startController } from './app.ts';
