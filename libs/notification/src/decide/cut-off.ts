import { z } from 'zod';

/** The last time that no broker answered, as consoles agree on it; null before there was one. */
export const cutOffSchema = z.object({ sinceUs: z.number(), untilUs: z.number() }).nullable();
export type CutOff = Readonly<z.output<typeof cutOffSchema>>;

/** Consoles that lose their broker so soon after each other have lost the same one, as has one that loses it again. */
const togetherUs = 30e6;

/** @returns what is kept from now on: all consoles know the time without a broker by when the first of them lost it */
export function agreeOnCutOff(kept: CutOff, sinceUs: number, nowUs: number): NonNullable<CutOff> {
  const isSame = kept !== null && kept.untilUs >= sinceUs - togetherUs;
  return { sinceUs: isSame ? kept.sinceUs : sinceUs, untilUs: nowUs };
}
