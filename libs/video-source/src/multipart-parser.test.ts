import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundaryOf, MultipartError, MultipartParser } from './multipart-parser.ts';

const limits = { maxPartBytes: 10_000, maxHeaderBytes: 500 };
const bodies = fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { minLength: 1, maxLength: 6 });

function encode(parts: readonly Uint8Array[], withLength: boolean): Buffer {
  const chunks = parts.flatMap((part) => {
    const length = withLength ? `Content-Length: ${part.length}\r\n` : '';
    return [Buffer.from(`--frame\r\nContent-Type: image/jpeg\r\n${length}\r\n`), part, Buffer.from('\r\n')];
  });
  return Buffer.concat([...chunks, Buffer.from('--frame\r\n')]);
}

function split(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const at = [0, ...cuts.map((cut) => cut % bytes.length).toSorted((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, i) => bytes.subarray(at[i], end));
}

describe('MultipartParser', () => {
  test.each([true, false])(
    'finds the same parts however the stream is cut up (Content-Length: %s)',
    (withLength) => {
      fc.assert(
        fc.property(bodies, fc.array(fc.nat(), { maxLength: 20 }), (parts, cuts) => {
          fc.pre(withLength || parts.every((part) => !Buffer.from(part).includes('--frame')));
          const parser = new MultipartParser('frame', limits);
          const found = split(encode(parts, withLength), cuts).flatMap((chunk) => parser.push(chunk));
          expect(found.map((part) => [...part])).toEqual(parts.map((part) => [...part]));
        }),
      );
    },
  );

  test('gives a part with Content-Length at its last byte, before the next delimiter', () => {
    const parser = new MultipartParser('frame', limits);
    expect(parser.push(Buffer.from('--frame\r\nContent-Length: 3\r\n\r\nabc'))).toHaveLength(1);
  });

  test('understands a boundary that was declared with its dashes', () => {
    const parser = new MultipartParser('--frame', limits);
    expect(parser.push(encode([Buffer.from('abc')], true))).toHaveLength(1);
  });

  test('refuses a part that says it is too long before it comes', () => {
    const parser = new MultipartParser('frame', limits);
    expect(() => parser.push(Buffer.from('--frame\r\nContent-Length: 10001\r\n\r\n'))).toThrow(
      MultipartError,
    );
  });

  test.each([
    ['a part without end', '--frame\r\n\r\n', 'a part has'],
    ['a header without end', '--frame\r\n', 'header of a part is longer'],
    ['no part at all', '', 'no part begins'],
  ])('refuses %s', (_, start, message) => {
    const parser = new MultipartParser('frame', limits);
    const flood = (): void => {
      parser.push(Buffer.from(start));
      for (let i = 0; i < 200; i++) parser.push(Buffer.alloc(100, 'x'));
    };
    expect(flood).toThrow(message);
  });

  test('never throws anything but MultipartError', () => {
    const noise = fc.array(
      fc.oneof(fc.constantFrom('--frame', '\r\n', '\r\n\r\n', 'Content-Length: 5'), fc.string()),
    );
    fc.assert(
      fc.property(noise, (pieces) => {
        const parser = new MultipartParser('frame', limits);
        try {
          for (const piece of pieces) parser.push(Buffer.from(piece));
        } catch (error) {
          expect(error).toBeInstanceOf(MultipartError);
        }
      }),
    );
  });
});

test.each([
  ['multipart/x-mixed-replace; boundary=frame', 'frame'],
  ['multipart/x-mixed-replace;boundary="--my boundary"', '--my boundary'],
  ['Multipart/X-Mixed-Replace; charset=x; Boundary=abc; y=z', 'abc'],
  ['multipart/x-mixed-replace', null],
  ['image/jpeg', null],
])('the boundary of %j is %j', (type, boundary) => {
  expect(boundaryOf(type)).toBe(boundary);
});
