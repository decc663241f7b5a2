/** Corners in order, pixels; closed by itself. */
export type Polygon = readonly (readonly [x: number, y: number])[];

/** Planes Y, U and V; each chroma sample covers 2x2 pixels. */
export interface YuvPlanes {
  readonly width: number;
  readonly height: number;
  readonly planes: readonly { readonly data: Uint8Array; readonly stride: number }[];
}

/**
 * Fills polygons with black (Y = `black`, neutral chroma). Rather a little too much than too little: every 2x2
 * block is filled that the polygon touches, with `margin` pixels around it, because scaling mixes neighbours.
 */
export function blackOut(picture: YuvPlanes, polygons: readonly Polygon[], black: number, margin = 1): void {
  for (const polygon of polygons) {
    for (let blockY = 0; blockY * 2 < picture.height; blockY++) {
      const spans = coveredSpans(polygon, blockY * 2 - margin, blockY * 2 + 2 + margin);
      for (const [from, to] of spans) fillBlocks(picture, blockY, from - margin, to + margin, black);
    }
  }
}

/**
 * The x extents that the polygon covers anywhere within rows top..bottom: the spans of its interior at the two
 * borders and at each corner between them, joined with the extents of its edges in the band.
 */
function coveredSpans(polygon: Polygon, top: number, bottom: number): [number, number][] {
  const spans = [...interiorSpans(polygon, top), ...interiorSpans(polygon, bottom)];
  polygon.forEach(([x1, y1], i) => {
    const [x2, y2] = polygon[(i + 1) % polygon.length] ?? [x1, y1];
    const from = Math.max(top, Math.min(y1, y2));
    const to = Math.min(bottom, Math.max(y1, y2));
    if (from > to) return;
    const xAt = (y: number): number => (y1 === y2 ? x1 : x1 + ((y - y1) / (y2 - y1)) * (x2 - x1));
    const ends = y1 === y2 ? [x1, x2] : [xAt(from), xAt(to)];
    spans.push([Math.min(...ends), Math.max(...ends)]);
    if (y1 > top && y1 < bottom) spans.push(...interiorSpans(polygon, y1));
  });
  return spans;
}

/** Even-odd rule along one horizontal line. */
function interiorSpans(polygon: Polygon, y: number): [number, number][] {
  const crossings: number[] = [];
  polygon.forEach(([x1, y1], i) => {
    const [x2, y2] = polygon[(i + 1) % polygon.length] ?? [x1, y1];
    if (y1 <= y !== y2 <= y) crossings.push(x1 + ((y - y1) / (y2 - y1)) * (x2 - x1));
  });
  crossings.sort((a, b) => a - b);
  return crossings.flatMap((from, i): [number, number][] => {
    const to = crossings[i + 1];
    return i % 2 === 0 && to !== undefined ? [[from, to]] : [];
  });
}

function fillBlocks(picture: YuvPlanes, blockY: number, from: number, to: number, black: number): void {
  const blocks = Math.ceil(picture.width / 2);
  const first = Math.max(0, Math.floor(from / 2));
  const end = Math.min(blocks, Math.floor(to / 2) + 1);
  if (first >= end) return;
  const [luma, ...chroma] = picture.planes;
  for (const y of [blockY * 2, blockY * 2 + 1]) {
    if (luma && y < picture.height) {
      const row = y * luma.stride;
      luma.data.fill(black, row + first * 2, row + Math.min(picture.width, end * 2));
    }
  }
  for (const { data, stride } of chroma) data.fill(128, blockY * stride + first, blockY * stride + end);
}
