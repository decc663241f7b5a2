import { expect, it } from 'vitest';
import { didYouMean } from './did-you-mean.ts';

it('suggests the closest known word, and lists all where none is close', () => {
  const known = ['width', 'quality', 'framesPerSecond'];
  expect(didYouMean('widht', known)).toBe(': did you mean "width"?');
  expect(didYouMean('FRAMESPERSECOND', known)).toBe(': did you mean "framesPerSecond"?');
  expect(didYouMean('colour', known)).toBe(': known are width, quality, framesPerSecond');
  expect(didYouMean('anything', [])).toBe(': known are ');
});
