export type { AnswerOptions } from './answer-clock.ts';
export { answerClock } from './answer-clock.ts';
export { clockWarning } from './clock-warning.ts';
export type { CloudClock, CloudClockOptions } from './cloud-clock.ts';
export { followCloudClock } from './cloud-clock.ts';
