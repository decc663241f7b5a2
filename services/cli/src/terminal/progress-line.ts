export interface Progress {
  readonly label: string;
  readonly done: number;
  /** Null: not known. */
  readonly total: number | null;
  readonly unit: string;
  readonly elapsedSeconds: number;
}

const barWidth = 24;

/** One line of at most `columns` characters: a bar, a rate and the time that is left, as far as they are known. */
export function progressLine(
  { label, done, total, unit, elapsedSeconds }: Progress,
  columns: number,
): string {
  const rate = elapsedSeconds > 0 ? done / elapsedSeconds : 0;
  const speed = `${rate < 100 ? rate.toFixed(1) : Math.round(rate)} ${unit}/s`;
  if (total === null || total === 0) return `${label}  ${done} ${unit}  ${speed}`.slice(0, columns);
  const share = Math.min(1, done / total);
  const filled = Math.round(share * barWidth);
  const bar = `[${'#'.repeat(filled)}${'-'.repeat(barWidth - filled)}]`;
  const left = rate > 0 ? `ETA ${clockTime(Math.max(0, total - done) / rate)}` : 'ETA -:--';
  const percent = `${Math.floor(share * 100)}%`.padStart(4);
  return `${label} ${bar} ${percent}  ${done}/${total} ${unit}  ${speed}  ${left}`.slice(0, columns);
}

/** `m:ss`, or `h:mm:ss` from an hour on. */
function clockTime(seconds: number): string {
  const whole = Math.ceil(seconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
