/** The three planes of an I420 image as views that clamp and round on writing. */
export interface Surface {
  readonly width: number;
  readonly height: number;
  readonly y: Uint8ClampedArray;
  readonly u: Uint8ClampedArray;
  readonly v: Uint8ClampedArray;
}

export function i420Bytes(width: number, height: number): number {
  return (width * height * 3) / 2;
}

/** Views onto `data`, which holds planes Y, U, V one after another. */
export function surfaceOn(data: Uint8Array, width: number, height: number): Surface {
  const luma = width * height;
  const plane = (start: number, length: number) =>
    new Uint8ClampedArray(data.buffer, data.byteOffset + start, length);
  return {
    width,
    height,
    y: plane(0, luma),
    u: plane(luma, luma / 4),
    v: plane((luma * 5) / 4, luma / 4),
  };
}

/** Copies the window of `source` at (left, top), both even, that has the size of `target`. */
export function copyWindow(source: Surface, left: number, top: number, target: Surface): void {
  copyPlane(source.y, source.width, left, top, target.y, target.width, target.height);
  const half = [left / 2, top / 2] as const;
  copyPlane(source.u, source.width / 2, ...half, target.u, target.width / 2, target.height / 2);
  copyPlane(source.v, source.width / 2, ...half, target.v, target.width / 2, target.height / 2);
}

/** Copies columns left..right (even) of a source of the same size. */
export function copyColumns(source: Surface, left: number, right: number, target: Surface): void {
  const halves = [source.y, source.u, source.v] as const;
  [target.y, target.u, target.v].forEach((plane, index) => {
    const scale = index === 0 ? 1 : 2;
    const width = target.width / scale;
    for (let start = 0; start < plane.length; start += width) {
      const from = start + left / scale;
      plane.set(halves[index]!.subarray(from, start + right / scale), from);
    }
  });
}

function copyPlane(
  source: Uint8ClampedArray,
  stride: number,
  left: number,
  top: number,
  target: Uint8ClampedArray,
  width: number,
  height: number,
): void {
  if (stride === width) {
    target.set(source.subarray(top * stride, (top + height) * stride));
    return;
  }
  for (let row = 0; row < height; row++) {
    const start = (top + row) * stride + left;
    target.set(source.subarray(start, start + width), row * width);
  }
}
