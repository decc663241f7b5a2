export { eventually } from './eventually.ts';
export { findPython, has } from './installed.ts';
export { need, needFullRun } from './need.ts';
export type { TestPostgres } from './test-postgres.ts';
export { findPostgres, startTestPostgres } from './test-postgres.ts';
export type { TestRedis } from './test-redis.ts';
export { startTestRedis } from './test-redis.ts';
