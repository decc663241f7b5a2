import type { NamedPolygon } from '@framegate/contracts';
import type { Polygon } from '@framegate/motion-detection';

/** What a camera's gate is set to; areas in fractions (0..1) of the picture. */
export interface GateSettings {
  /** 0..100. */
  readonly sensitivity: number;
  readonly motionMasks: readonly NamedPolygon[];
  /** Blacked out in every picture before it is encoded. */
  readonly privacyMasks: readonly NamedPolygon[];
  readonly zones: readonly NamedPolygon[];
}

export function inPixels(areas: readonly NamedPolygon[], width: number, height: number): Polygon[] {
  return areas.map(({ polygon }) => polygon.map(([x, y]) => [x * width, y * height] as const));
}
