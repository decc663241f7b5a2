import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cosine, sine } from './wave.ts';

test('the polynomial waves follow sine and cosine to 5e-6', () => {
  fc.assert(
    fc.property(fc.double({ min: -1000, max: 1000, noNaN: true }), (radians) => {
      expect(Math.abs(sine(radians) - Math.sin(radians))).toBeLessThan(5e-6);
      expect(Math.abs(cosine(radians) - Math.cos(radians))).toBeLessThan(5e-6);
    }),
  );
});
