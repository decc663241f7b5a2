import type { ControllerState } from './controller-state.ts';
import { unknownCamera } from './learning/camera-knowledge.ts';
import { unknownController } from './learning/learn.ts';
import { unknownSite } from './learning/learn-sites.ts';

/**
 * Whether a stored value has all that a controller of this version reads: whatever a fresh state has, with values of the
 * same kinds. What may be absent, and what is null in a fresh state, is not looked into.
 */
export function isControllerState(value: unknown): value is ControllerState {
  return (
    hasShapeOf(unknownController(), value) &&
    isObject(value) &&
    entriesOf(value['cameras']).every((camera) => hasShapeOf(anyCamera, camera)) &&
    entriesOf(value['sites']).every((site) => hasShapeOf(anySite, site)) &&
    entriesOf(value['compute']).every(isObject)
  );
}

const anyRung = { framesPerSecond: 1, width: 1, quality: 1, motionSensitivity: 1, model: '' };
const anyCamera = unknownCamera('', anyRung, 0);
const anySite = unknownSite(0);

function hasShapeOf(template: unknown, value: unknown): boolean {
  if (template === null) return value !== undefined;
  if (Array.isArray(template)) return Array.isArray(value);
  if (!isObject(template)) return typeof value === typeof template;
  return isObject(value) && Object.entries(template).every(([key, own]) => hasShapeOf(own, value[key]));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function entriesOf(record: unknown): unknown[] {
  return isObject(record) ? Object.values(record) : [];
}
