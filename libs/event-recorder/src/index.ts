export type { AppearanceChange } from './camera-recorder.ts';
export type { EventRecorder, EventRecorderOptions } from './event-recorder.ts';
export { startEventRecorder } from './event-recorder.ts';
export type { FrameSource } from './recent-pictures.ts';
