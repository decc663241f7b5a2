export type { Inference, InferenceDeps } from './app.ts';
export { startInference } from './app.ts';
