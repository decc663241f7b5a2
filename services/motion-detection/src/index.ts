export type { MotionDetection, MotionDetectionDeps } from './app.ts';
export { startMotionDetection } from './app.ts';
