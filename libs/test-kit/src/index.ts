export { eventually } from './eventually.ts';
export { findPython, has } from './installed.ts';
export { need, needFullRun } from './need.ts';
export type { TestRedis } from './test-redis.ts';
export { startTestRedis } from './test-redis.ts';
