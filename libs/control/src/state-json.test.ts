import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stateFromJson, stateToJson } from './state-json.ts';

describe('a stored state', () => {
  it('comes back as it was, numbers that JSON does not know included', () => {
    const leaf = fc.oneof(
      fc.double().map((n) => n + 0),
      fc.string(),
      fc.boolean(),
      fc.constant(null),
    );
    const key = fc.string().filter((name) => name !== '__proto__' && name !== '$number');
    fc.assert(
      fc.property(fc.dictionary(key, fc.oneof(leaf, fc.array(leaf)), { noNullPrototype: true }), (state) => {
        expect(stateFromJson(stateToJson(state))).toEqual(state);
      }),
    );
    expect(stateFromJson(stateToJson({ a: [Number.NaN, -Infinity] }))).toEqual({
      a: [Number.NaN, -Infinity],
    });
  });
});
