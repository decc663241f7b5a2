import { z } from 'zod';

const unitsMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** A duration as Go writes it: `300ms`, `1m30s`. Milliseconds. */
export const durationSchema = z
  .string()
  .regex(/^(\d+(\.\d+)?(ms|s|m|h))+$/, 'expected a duration such as 300ms, 10s or 1m30s')
  .transform((text) =>
    [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)].reduce(
      (sum, [, number, unit = '']) => sum + Number(number) * (unitsMs[unit] ?? 0),
      0,
    ),
  );

/** What is added to a clock: a duration with a sign. Milliseconds. */
export const offsetSchema = z
  .string()
  .regex(/^-?(\d+(\.\d+)?(ms|s|m|h))+$/, 'expected an offset such as 5s or -200ms')
  .transform((text) =>
    text.startsWith('-') ? -durationSchema.parse(text.slice(1)) : durationSchema.parse(text),
  );

const bitsOf: Readonly<Record<string, number>> = { bps: 1, kbps: 1e3, mbps: 1e6, gbps: 1e9, tbps: 1e12 };

/** A rate as Chaos Mesh takes it: `1mbps`. Bytes a second: there, as with `tc`, `bps` are bytes. */
export const rateSchema = z
  .string()
  .regex(/^\d+(\.\d+)? ?([kmgt]?bps)$/, 'expected a rate such as 250kbps')
  .transform((text) => {
    const [, number, unit = ''] = /^([\d.]+) ?(\w+)$/.exec(text) ?? [];
    return Number(number) * (bitsOf[unit] ?? 1);
  });

/** A share as Chaos Mesh takes it: percent in a string. 0..1. */
export const percentSchema = z
  .string()
  .regex(/^\d{1,3}(\.\d+)?$/, 'expected a percentage in quotes, such as "10"')
  .transform((text) => Number(text) / 100)
  .pipe(z.number().max(1));
