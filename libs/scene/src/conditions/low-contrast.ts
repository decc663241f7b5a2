import type { Condition } from './condition.ts';

/** Haze: `contrast` is what is left of each difference, 0..1. */
export function lowContrast(contrast: number): Condition {
  const haze = 150;
  return { tone: () => ({ gain: contrast, offset: haze * (1 - contrast), saturation: contrast * 1.3 }) };
}
