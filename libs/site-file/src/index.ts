export { intentOf } from './intent.ts';
export type { ParsedSite } from './parse-site.ts';
export { parseSite } from './parse-site.ts';
export type { ReadSite } from './read-site.ts';
export { readSite } from './read-site.ts';
export { areasSchema, settings as cameraSettings } from './site-schema.ts';
export type { Site, SiteCamera } from './site.ts';
export { sourcesFrom } from './sources-from.ts';
