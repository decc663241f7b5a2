export type { LinkConditions } from './link-conditions.ts';
export { clearLink } from './link-conditions.ts';
export type { FaultProxy, FaultProxyOptions } from './tcp-proxy.ts';
export { startFaultProxy } from './tcp-proxy.ts';
export type { TimedLink } from './timed-link.ts';
export { startTimedLink } from './timed-link.ts';
