import type { Declaration, SloScope } from './declaration.ts';

/** Whether an SLO of this scope is about the camera: every restriction that the scope has must hold. */
export function isInScope(
  { cameras, site, cameraClass }: SloScope,
  classes: NonNullable<Declaration['cameraClasses']>,
  camera: { readonly cameraId: string; readonly site: string },
): boolean {
  const isOneOf = (patterns: readonly string[]): boolean =>
    patterns.some((pattern) => matchesPattern(pattern, camera.cameraId));
  return (
    (site === undefined || site === camera.site) &&
    (cameras === undefined || isOneOf(cameras)) &&
    (cameraClass === undefined || isOneOf(classes[cameraClass] ?? []))
  );
}

/** `*` stands for any part, slashes too. */
export function matchesPattern(pattern: string, cameraId: string): boolean {
  const [head = '', ...parts] = pattern.split('*');
  if (!cameraId.startsWith(head)) return false;
  const tail = parts.pop();
  if (tail === undefined) return cameraId === pattern;
  let from = head.length;
  for (const part of parts) {
    const found = cameraId.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return cameraId.length - tail.length >= from && cameraId.endsWith(tail);
}
