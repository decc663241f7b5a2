export type { InferenceObserver, InferencePipeline } from './inference-pipeline.ts';
export { startInferencePipeline } from './inference-pipeline.ts';
export type { FrameDetector } from './model-lane.ts';
export { timedDetector } from './timed-detector.ts';
export { startTimedPipeline } from './timed-pipeline.ts';
