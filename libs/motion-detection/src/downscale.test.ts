import fc from 'fast-check';
import { expect, test } from 'vitest';
import { downscaleFactor, downscaleLuma } from './downscale.ts';

function slowMean(data: Uint8Array, stride: number, factor: number, x: number, y: number): number {
  let sum = 0;
  for (let row = 0; row < factor; row++)
    for (let column = 0; column < factor; column++)
      sum += data[(y * factor + row) * stride + x * factor + column] ?? 0;
  return Math.floor((sum + Math.floor((factor * factor) / 2)) / (factor * factor));
}

test('every pixel is the rounded mean of its box, for every factor, padding and left-over edge', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 9, max: 60 }),
      fc.integer({ min: 9, max: 30 }),
      fc.integer({ min: 0, max: 5 }),
      fc.infiniteStream(fc.integer({ min: 0, max: 255 })),
      (factor, width, height, padding, bytes) => {
        const stride = width + padding;
        const data = Uint8Array.from({ length: stride * height }, () => bytes.next().value);
        const columns = Math.floor(width / factor);
        const rows = Math.floor(height / factor);
        const into = new Uint8Array(columns * rows);
        downscaleLuma({ data, stride, width, height }, factor, into);
        for (let y = 0; y < rows; y++)
          for (let x = 0; x < columns; x++)
            expect(into[y * columns + x]).toBe(slowMean(data, stride, factor, x, y));
      },
    ),
    { numRuns: 40 },
  );
});

test('the factor brings the width near what is wanted and never enlarges', () => {
  expect([3840, 1920, 1280, 704, 320, 160].map((width) => downscaleFactor(width, 320))).toEqual([
    12, 6, 4, 2, 1, 1,
  ]);
});

test('a plane shorter than it says is refused', () => {
  const luma = { data: new Uint8Array(99), stride: 10, width: 10, height: 10 };
  expect(() => downscaleLuma(luma, 2, new Uint8Array(25))).toThrow(
    '10x10 with stride 10 needs 100 bytes, got 99',
  );
  expect(() => downscaleLuma({ ...luma, data: new Uint8Array(100) }, 2, new Uint8Array(24))).toThrow('5x5');
});

test('a plane that begins anywhere in its buffer gives the same as one that is read byte by byte', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 4, max: 40 }),
      fc.integer({ min: 4, max: 20 }),
      fc.constantFrom(0, 1, 2, 3, 4),
      fc.constantFrom('noise', 'white'),
      fc.infiniteStream(fc.integer({ min: 0, max: 255 })),
      (width, height, offset, kind, bytes) => {
        const stride = Math.ceil(width / 4) * 4;
        const next = () => (kind === 'white' ? 255 : bytes.next().value);
        const data = Uint8Array.from({ length: offset + stride * height }, next).subarray(offset);
        const columns = Math.floor(width / 4);
        const into = new Uint8Array(columns * Math.floor(height / 4));
        downscaleLuma({ data, stride, width, height }, 4, into);
        into.forEach((mean, at) =>
          expect(mean).toBe(slowMean(data, stride, 4, at % columns, Math.floor(at / columns))),
        );
      },
    ),
    { numRuns: 60 },
  );
});

test.each([1, 2, 3, 7, 16, 63, 64])(
  'white stays white, and one level less is seen, by a factor of %d',
  (factor) => {
    const size = 2 * factor;
    const data = new Uint8Array(size * size).fill(255);
    data.fill(254, (size * size) / 2);
    const into = new Uint8Array(4);
    downscaleLuma({ data, stride: size, width: size, height: size }, factor, into);
    expect([...into]).toEqual([255, 255, 254, 254]);
  },
);

test('a factor above what the sums have room for is refused', () => {
  const luma = { data: new Uint8Array(65 * 65), stride: 65, width: 65, height: 65 };
  expect(() => downscaleLuma(luma, 65, new Uint8Array(1))).toThrow('by 64 at most, not by 65');
});

test('a plane narrower than the factor comes to nothing', () => {
  const luma = { data: new Uint8Array(16), stride: 4, width: 4, height: 4 };
  expect(() => downscaleLuma(luma, 5, new Uint8Array(0))).not.toThrow();
});

test('a plane of several bands comes out as one', () => {
  const [width, height, stride, factor] = [640, 700, 650, 3];
  const data = Uint8Array.from({ length: stride * height }, (_, at) => (at * 2_654_435_761) >>> 24);
  const columns = Math.floor(width / factor);
  const into = new Uint8Array(columns * Math.floor(height / factor));
  downscaleLuma({ data, stride, width, height }, factor, into);
  const expected = into.map((_, at) =>
    slowMean(data, stride, factor, at % columns, Math.floor(at / columns)),
  );
  expect(into).toEqual(expected);
});
