import { expect, test } from 'vitest';
import { hash, hashUnit, randomStream } from './random.ts';

test('a hash is the same number on every machine', () => {
  expect([hash(1, 2, 3), hash(0, 0, 0), hash(-5, 1 << 20, 7)]).toMatchInlineSnapshot(`
    [
      3299047535,
      1680814304,
      2924675678,
    ]
  `);
});

test('hashed numbers fill their range evenly', () => {
  const tenths = Array.from({ length: 10 }, () => 0);
  for (let index = 0; index < 10_000; index++) tenths[Math.floor(hashUnit(1, index, 2) * 10)]! += 1;
  for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(150);
});

test('streams of one seed are alike and streams of two seeds differ', () => {
  const first = randomStream(4);
  const again = randomStream(4);
  const other = randomStream(5);
  const numbers = [first(), first(), first()];
  expect([again(), again(), again()]).toEqual(numbers);
  expect([other(), other(), other()]).not.toEqual(numbers);
});
