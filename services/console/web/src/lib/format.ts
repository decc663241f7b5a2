/** A duration for people: `85 ms`, `4.2 s`, `3 min`, `2 h`. */
export function duration(lengthMs: number): string {
  if (lengthMs < 0) return '0 ms';
  if (lengthMs < 1000) return `${Math.round(lengthMs)} ms`;
  if (lengthMs < 60_000) return `${(lengthMs / 1000).toFixed(lengthMs < 9950 ? 1 : 0)} s`;
  if (lengthMs < 3_600_000) return `${Math.round(lengthMs / 60_000)} min`;
  return `${(lengthMs / 3_600_000).toFixed(1)} h`;
}

export function ms(value: number | null): string {
  return value === null ? '–' : `${Math.round(value)} ms`;
}

export function rate(value: number): string {
  return value.toFixed(value < 9.95 ? 1 : 0);
}

export function percent(share: number | null, digits = 0): string {
  if (share === null) return '–';
  const value = share * 100;
  // 99.97 % is not all of it.
  const wanted = value > 99 && value < 100 ? Math.max(1, digits) : digits;
  const text = value.toFixed(wanted);
  return `${Number(text) === 100 && value < 100 ? '99.9' : text} %`;
}

export function count(value: number): string {
  return value.toLocaleString('en').replaceAll(',', '\u202F');
}

export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let [scaled, unit] = [value, 0];
  while (scaled >= 1000 && unit < units.length - 1) [scaled, unit] = [scaled / 1000, unit + 1];
  return `${scaled.toFixed(scaled < 10 && unit > 0 ? 1 : 0)} ${units[unit]}`;
}

/** The time of day in a time zone; seconds are shown. */
export function timeOfDay(atUs: number, timezone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: timezone }).format(atUs / 1000);
}

/** `2 person, 1 car`, most first. */
export function objectsText(objects: Readonly<Record<string, number>>): string {
  return Object.entries(objects)
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, number]) => `${number} ${name}`)
    .join(', ');
}
