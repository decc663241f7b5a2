import { z } from 'zod';

const namePattern = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';

/** A site's or a camera's own name: lower-case letters, digits and inner hyphens, at most 63 characters. */
export const nameSchema = z
  .string()
  .regex(new RegExp(`^${namePattern}$`), 'expected lower-case letters, digits and hyphens, at most 63');

/** `<site>/<camera>`: how a camera is called in every message, metric and page. */
export const cameraIdSchema = z
  .string()
  .regex(new RegExp(`^${namePattern}/${namePattern}$`), 'expected <site>/<camera>');

/** The site of a camera id that a schema has accepted. */
export function siteOf(cameraId: string): string {
  return cameraId.slice(0, cameraId.indexOf('/'));
}

/** The `ce_source` of what a camera's frames lead to. */
export function cameraSource(cameraId: string): string {
  const [site, camera] = cameraId.split('/');
  return `/sites/${site}/cameras/${camera}`;
}
