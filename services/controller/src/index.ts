export type { ControllerDeps } from './app.ts';
export { startController } from './app.ts';
