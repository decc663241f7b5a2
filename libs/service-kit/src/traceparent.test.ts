import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTraceContext, formatTraceparent, parseTraceparent } from './traceparent.ts';

const example = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe('traceparent', () => {
  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.boolean(), (sampled) => {
        const context = { ...createTraceContext(randomBytes), sampled };
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

  it('never uses an all-zero id', () => {
    const answers = [
      new Uint8Array(16),
      Uint8Array.of(...Array.from({ length: 16 }, (_, i) => i)),
      new Uint8Array(8).fill(7),
    ];
    const context = createTraceContext(() => answers.shift() ?? new Uint8Array());
    expect(context).toMatchObject({
      traceId: '000102030405060708090a0b0c0d0e0f',
      spanId: '0707070707070707',
    });
  });
});
