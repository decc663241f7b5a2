/** 8-bit brightness; `data[y * stride + x]` for `x < width`, `y < height`. */
export interface LumaPlane {
  data: Uint8Array;
  stride: number;
  width: number;
  height: number;
}

/** The whole number by which to divide `width` to come nearest to `wantedWidth`, at least 1. */
export function downscaleFactor(width: number, wantedWidth: number): number {
  return Math.max(1, Math.round(width / wantedWidth));
}

/**
 * Box mean: each output pixel is the rounded mean of `factor` x `factor` source pixels. `into` gets
 * floor(width / factor) x floor(height / factor) pixels without padding; what is left over at the right and
 * bottom edges is not looked at.
 * @throws RangeError when `into` or the source is too small.
 */
export function downscaleLuma(source: LumaPlane, factor: number, into: Uint8Array): void {
  const width = Math.floor(source.width / factor);
  const height = Math.floor(source.height / factor);
  requireRoom(source, width, height, into);
  if (factor === 1) copyRows(source, into);
  else if (factor === 4 && readsAsWords(source)) meanOf4x4Words(source, width, height, into);
  else if (factor === 4) meanOf4x4(source, width, height, into);
  else meanOfBoxes(source, factor, width, height, into);
}

function requireRoom(source: LumaPlane, width: number, height: number, into: Uint8Array): void {
  const needed = source.stride * (source.height - 1) + source.width;
  if (source.stride < source.width || source.data.length < needed)
    throw new RangeError(
      `luma of ${source.width}x${source.height} with stride ${source.stride} needs ${needed} bytes, got ${source.data.length}`,
    );
  if (into.length < width * height)
    throw new RangeError(`downscaled luma of ${width}x${height} does not fit into ${into.length} bytes`);
}

/** Whole where it can be: a view of each row would be garbage. */
function copyRows({ data, stride, width, height }: LumaPlane, into: Uint8Array): void {
  if (stride === width && data.length <= into.length) return into.set(data);
  for (let y = 0, at = 0; y < height; y++)
    for (let from = y * stride, end = from + width; from < end; from++, at++) into[at] = data[from]!;
}

/** Whether each row begins at a word of 4 bytes, in the byte order that the arithmetic on words expects. */
function readsAsWords({ data, stride }: LumaPlane): boolean {
  return isLittleEndian && stride % 4 === 0 && data.byteOffset % 4 === 0;
}

const isLittleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/**
 * The usual case (1280 to 320): four pixels a word, added as two pairs of 16-bit lanes, which 8 pixels of
 * 255 can't overflow. Twice as fast as byte by byte, and the same to the bit.
 */
function meanOf4x4Words(
  { data, stride, height: rows }: LumaPlane,
  width: number,
  height: number,
  into: Uint8Array,
): void {
  const words = new Int32Array(data.buffer, data.byteOffset, (stride * (rows - 1) + 4 * width) >> 2);
  const pitch = stride >> 2;
  for (let y = 0, at = 0; y < height; y++) {
    let a = 4 * y * pitch;
    for (let x = 0; x < width; x++, at++, a++) {
      const p = words[a]!;
      const q = words[a + pitch]!;
      const r = words[a + 2 * pitch]!;
      const s = words[a + 3 * pitch]!;
      const even = (p & pairs) + (q & pairs) + (r & pairs) + (s & pairs);
      const odd = ((p >>> 8) & pairs) + ((q >>> 8) & pairs) + ((r >>> 8) & pairs) + ((s >>> 8) & pairs);
      const both = even + odd;
      into[at] = ((both & 0xffff) + (both >>> 16) + 8) >> 4;
    }
  }
}

const pairs = 0x00ff00ff;

/** A plane whose rows begin anywhere, written out: 2.5 times as fast as the general one. */
function meanOf4x4({ data, stride }: LumaPlane, width: number, height: number, into: Uint8Array): void {
  for (let y = 0, at = 0; y < height; y++) {
    let a = 4 * y * stride;
    let b = a + stride;
    let c = b + stride;
    let d = c + stride;
    for (let x = 0; x < width; x++, at++, a += 4, b += 4, c += 4, d += 4) {
      const sum =
        data[a]! + data[a + 1]! + data[a + 2]! + data[a + 3]! +
        data[b]! + data[b + 1]! + data[b + 2]! + data[b + 3]! +
        data[c]! + data[c + 1]! + data[c + 2]! + data[c + 3]! +
        data[d]! + data[d + 1]! + data[d + 2]! + data[d + 3]!; // prettier-ignore
      into[at] = (sum + 8) >> 4;
    }
  }
}

function meanOfBoxes(
  source: LumaPlane,
  factor: number,
  width: number,
  height: number,
  into: Uint8Array,
): void {
  const { data, stride } = source;
  const area = factor * factor;
  const half = area >> 1;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      let sum = half;
      for (
        let row = y * factor * stride + x * factor, last = row + factor * stride;
        row < last;
        row += stride
      )
        for (let pixel = row; pixel < row + factor; pixel++) sum += data[pixel]!;
      into[at] = (sum / area) | 0;
    }
  }
}
