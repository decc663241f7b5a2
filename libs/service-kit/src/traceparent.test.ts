import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatTraceparent, parseTraceparent } from './traceparent.ts';

const example = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

const id = (bytes: number) =>
  fc.bigInt(1n, 2n ** BigInt(8 * bytes) - 1n).map((value) => value.toString(16).padStart(2 * bytes, '0'));

describe('traceparent', () => {
  it('reads back what it writes', () => {
    fc.assert(
      fc.property(id(16), id(8), fc.boolean(), (traceId, spanId, sampled) => {
        const context = { traceId, spanId, sampled };
        expect(parseTraceparent(formatTraceparent(context))).toEqual(context);
      }),
    );
  });

  it('reads the example of the standard, and a later version with more fields', () => {
    const context = {
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      sampled: true,
    };
    expect(parseTraceparent(example)).toEqual(context);
    expect(parseTraceparent(`cc${example.slice(2)}-more`)).toEqual(context);
  });

  it.each([
    ['nothing', ''],
    ['an all-zero trace id', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`],
    ['an all-zero span id', `00-0af7651916cd43dd8448eb211c80319c-${'0'.repeat(16)}-01`],
    ['upper case', example.toUpperCase()],
    ['the forbidden version ff', `ff${example.slice(2)}`],
    ['version 00 with more fields', `${example}-more`],
  ])('refuses %s', (_what, header) => {
    expect(parseTraceparent(header)).toBeUndefined();
  });
});
