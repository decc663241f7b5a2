export type { EdgeMemory } from './edge-memory.ts';
export { createEdgeMemory, openEdgeMemory } from './edge-memory.ts';
export type { EdgeSite } from './edge-site.ts';
export { startEdgeSite } from './edge-site.ts';
export type { EdgeObserver, SiteCamera } from './edge-site-options.ts';
export { createFramePolicy } from './frame-policy.ts';
export type { SpoolSettings } from './site-delivery.ts';
