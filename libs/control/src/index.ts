export { jainIndex } from './jain-index.ts';
export type { LatencyHistogram } from './latency-histogram.ts';
export { createLatencyHistogram, quantileOf } from './latency-histogram.ts';
export { nextToken, planConfiguration } from './plan-configuration.ts';
export type { SloAccount, SloSummary } from './slo-account.ts';
export { createSloAccount } from './slo-account.ts';
