/**
 * Sine and cosine from additions and multiplications alone: `Math.sin` may differ between engines in its last
 * bit, and a scene must be the same bytes everywhere. Taylor series to x^9 on a quarter turn, error < 4e-6.
 */
export function sine(radians: number): number {
  const turns = radians / (2 * Math.PI);
  const centred = turns - Math.floor(turns + 0.5);
  const folded = centred > 0.25 ? 0.5 - centred : centred < -0.25 ? -0.5 - centred : centred;
  const x = folded * 2 * Math.PI;
  const x2 = x * x;
  return x * (1 - (x2 / 6) * (1 - (x2 / 20) * (1 - (x2 / 42) * (1 - x2 / 72))));
}

export function cosine(radians: number): number {
  return sine(radians + Math.PI / 2);
}
