export type { CameraView } from './camera-view.ts';
export type { FollowedFrames } from './follow-frames.ts';
export { followFrames } from './follow-frames.ts';
export type { RunObserver } from './run-observer.ts';
export { observeRun } from './run-observer.ts';
export { stages, stageTimesMs } from './stage-times.ts';
export type { ReportEnvironment, RunReport } from './run-report.ts';
export { runLedger, runReport } from './run-report.ts';
export { auditTopics } from './audit-topics.ts';
