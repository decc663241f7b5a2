export { advise, describe } from './advice.ts';
export type { Explanation } from './explain.ts';
export { explainRecording } from './explain.ts';
export type { PageFacts } from './explanation-page.ts';
export { explanationPage } from './explanation-page.ts';
export type { FrameRecord } from './frame-record.ts';
export type { GateSettings } from './gate-settings.ts';
