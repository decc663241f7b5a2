export type { CameraView } from './camera-view.ts';
export type { RunObserver } from './run-observer.ts';
export { observeRun } from './run-observer.ts';
export { stageTimesMs } from './stage-times.ts';
export type { ReportEnvironment, RunReport } from './run-report.ts';
export { runLedger, runReport } from './run-report.ts';
export { auditTopics } from './audit-topics.ts';
