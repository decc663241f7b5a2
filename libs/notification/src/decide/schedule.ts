import type { Schedule } from '../rule.ts';

const dayMinutes = 24 * 60;

/** Whether a schedule holds at a time, by the clock of its zone: also on days on which that clock changes. */
export function isScheduled({ timeZone, days, from, until }: Schedule, atUs: number): boolean {
  const { day, minute } = localTime(atUs, timeZone);
  const [begin, end] = [minuteOf(from), minuteOf(until)];
  const isDay = (which: number): boolean => days.length === 0 || days.includes(which);
  if (begin === end) return isDay(day);
  if (begin < end) return isDay(day) && minute >= begin && minute < end;
  // Over midnight: the hours behind it belong to the day before.
  return (isDay(day) && minute >= begin) || (isDay(day === 1 ? 7 : day - 1) && minute < end);
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const formats = new Map<string, Intl.DateTimeFormat>();

/** @returns day of the week (1 is Monday), and minute of the day */
function localTime(atUs: number, timeZone: string): { day: number; minute: number } {
  const format = formats.getOrInsertComputed(
    timeZone,
    () =>
      new Intl.DateTimeFormat('en-US', {
        timeZone,
        weekday: 'short',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      }),
  );
  const parts = new Map(format.formatToParts(atUs / 1000).map(({ type, value }) => [type, value]));
  const minute = (Number(parts.get('hour')) * 60 + Number(parts.get('minute'))) % dayMinutes;
  return { day: weekdays.indexOf(parts.get('weekday') ?? '') + 1, minute };
}

function minuteOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}
