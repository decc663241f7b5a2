export type { PromiseOf } from './run/latency-promise.ts';
export { promisesBy } from './run/latency-promise.ts';
export type { Console, ConsoleDeps } from './app.ts';
export { startConsole } from './app.ts';
export { openAccess } from './access/access.ts';
export { createToken } from './access/token-list.ts';
