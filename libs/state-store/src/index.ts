export { createInProcessStore } from './in-process-store.ts';
export type { Leadership, LeadershipOptions } from './leadership.ts';
export { followLeadership } from './leadership.ts';
export type { Lease, Saved, StateStore } from './port.ts';
export { StoreUnavailableError } from './port.ts';
export type { RedisStoreOptions } from './redis-store.ts';
export { openRedisStore } from './redis-store.ts';
