import { expect, it } from 'vitest';
import { durationSchema, percentSchema, rateSchema } from './duration.ts';

it('durations are those of Go, rates are bytes as with tc, shares are percent', () => {
  expect(['300ms', '1m30s', '1.5h'].map((text) => durationSchema.parse(text))).toEqual([
    300, 90_000, 5_400_000,
  ]);
  expect(['20kbps', '1mbps', '8 bps'].map((text) => rateSchema.parse(text))).toEqual([20_000, 1_000_000, 8]);
  expect(percentSchema.parse('2.5')).toBe(0.025);
  for (const [schema, text] of [
    [durationSchema, '10'],
    [rateSchema, '1mb'],
    [percentSchema, '101'],
  ] as const)
    expect(schema.safeParse(text).success, text).toBe(false);
});
