const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/**
 * The same rules on a faster clock: every window, `for` and `interval` is `factor` times as short, so that what takes
 * hours shows in seconds. Names and thresholds stay.
 */
export function scaleRules(yaml: string, factor: number): string {
  const scaled = (amount: string, unit: string): string =>
    `${Math.max(1, Math.round((Number(amount) * (unitSeconds[unit] ?? 1) * 1000) / factor))}ms`;
  return yaml
    .replaceAll(/\[(\d+)([smhd])\]/g, (_all, amount: string, unit: string) => `[${scaled(amount, unit)}]`)
    .replaceAll(
      /(for|interval): (\d+)([smhd])$/gm,
      (_all, key: string, amount: string, unit: string) => `${key}: ${scaled(amount, unit)}`,
    );
}
