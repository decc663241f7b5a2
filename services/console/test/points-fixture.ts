import type { HistoryPoint } from '../src/protocol/history.ts';

const quiet: HistoryPoint = {
  atUs: 0,
  seconds: 1,
  results: 0,
  p50Ms: null,
  p95Ms: null,
  p99Ms: null,
  p50Percent: null,
  p95Percent: null,
  p99Percent: null,
  objectiveMs: null,
  due: 0,
  onTime: 0,
  allowedLate: 0,
  violated: false,
  stagesMs: [],
  captured: 0,
  stopped: 0,
  published: 0,
  analysed: 0,
  passedOver: 0,
  publishedBytes: 0,
  savedBytes: 0,
  levers: null,
  batch: null,
  workers: null,
};
/** A second in which nothing happened but what is given. */
export function pointOf(change: Partial<HistoryPoint>): HistoryPoint {
  return { ...quiet, ...change };
}
