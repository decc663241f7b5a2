/** Times are UTC everywhere; people see and say them as the clocks of the site show them. */

/** `31 Jan 2026, 17:05:09` */
export function showTime(atUs: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium', timeZone }).format(
    atUs / 1000,
  );
}

/** What a `datetime-local` input holds, as µs since the Unix epoch. @param local `2026-01-31T17:05` */
export function fromLocal(local: string, timeZone: string): number | undefined {
  const asUtcMs = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtcMs)) return undefined;
  // The offset of the answer itself: the second look is right on days on which the clocks change, too.
  const guessMs = asUtcMs - offsetMs(asUtcMs, timeZone);
  return (asUtcMs - offsetMs(guessMs, timeZone)) * 1000;
}

/** What the clocks of a zone are ahead of UTC at that time, ms. */
function offsetMs(atMs: number, timeZone: string): number {
  const shown = new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'medium',
    timeZone,
  }).format(atMs);
  return Date.parse(`${shown.replace(' ', 'T')}Z`) - Math.floor(atMs / 1000) * 1000;
}
