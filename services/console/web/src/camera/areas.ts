import type { WantedOfCamera } from '../../../src/protocol/camera.ts';

export const areaKinds = ['zones', 'motionMasks', 'privacyMasks'] as const;
export type AreaKind = (typeof areaKinds)[number];

export const kindWords: Readonly<Record<AreaKind, { one: string; does: string }>> = {
  zones: { one: 'zone', does: 'detections tell that they stand in it' },
  motionMasks: { one: 'motion mask', does: 'motion inside is ignored' },
  privacyMasks: { one: 'privacy mask', does: 'blacked out before a picture leaves the site' },
};

/** Fractions (0..1) of the picture. */
export type Point = [x: number, y: number];

export interface Area {
  /** Only for the page: which of the areas it is while names change. */
  readonly key: number;
  kind: AreaKind;
  name: string;
  points: Point[];
}

let lastKey = 0;

export function newArea(kind: AreaKind, name: string, points: Point[]): Area {
  lastKey += 1;
  return { key: lastKey, kind, name, points };
}

export function areasOf(intent: Pick<WantedOfCamera, AreaKind>): Area[] {
  return areaKinds.flatMap((kind) =>
    intent[kind].map(({ name, polygon }) =>
      newArea(
        kind,
        name,
        polygon.map(([x, y]): Point => [x, y]),
      ),
    ),
  );
}

/** As the API takes them. */
export function toIntent(areas: readonly Area[]): Pick<WantedOfCamera, AreaKind> {
  const of = (kind: AreaKind) =>
    areas
      .filter((area) => area.kind === kind)
      .map(({ name, points }) => ({ name, polygon: points.map(rounded) }));
  return { zones: of('zones'), motionMasks: of('motionMasks'), privacyMasks: of('privacyMasks') };
}

/** `zone 2`, or the first such name that is free. */
export function freeName(areas: readonly Area[], kind: AreaKind): string {
  const taken = new Set(areas.filter((area) => area.kind === kind).map(({ name }) => name));
  let number = taken.size + 1;
  while (taken.has(`${kindWords[kind].one} ${number}`)) number += 1;
  return `${kindWords[kind].one} ${number}`;
}

export function moved([x, y]: Point, dx: number, dy: number): Point {
  return [clamped(x + dx), clamped(y + dy)];
}

export function clamped(value: number): number {
  return Math.min(1, Math.max(0, value));
}

export function middle([ax, ay]: Point, [bx, by]: Point): Point {
  return [(ax + bx) / 2, (ay + by) / 2];
}

function rounded([x, y]: Point): Point {
  return [Math.round(x * 1e4) / 1e4, Math.round(y * 1e4) / 1e4];
}
