import { describe, expect, it } from 'vitest';
import { isScheduled } from './schedule.ts';

const at = (iso: string): number => Date.parse(iso) * 1000;
const berlin = { timeZone: 'Europe/Berlin', days: [], from: '22:00', until: '06:00' };

describe('a schedule', () => {
  it('goes by the clock of its zone, in summer and in winter', () => {
    expect(isScheduled(berlin, at('2026-07-01T19:59:00Z'))).toBe(false);
    expect(isScheduled(berlin, at('2026-07-01T20:00:00Z'))).toBe(true);
    expect(isScheduled(berlin, at('2026-01-01T20:30:00Z'))).toBe(false);
    expect(isScheduled(berlin, at('2026-01-01T21:00:00Z'))).toBe(true);
    expect(isScheduled(berlin, at('2026-01-02T04:59:59Z'))).toBe(true);
    expect(isScheduled(berlin, at('2026-01-02T05:00:00Z'))).toBe(false);
  });

  it('keeps its hours on the days on which the clock changes', () => {
    const morning = { ...berlin, from: '03:00', until: '04:00' };
    expect(isScheduled(morning, at('2026-03-29T01:30:00Z'))).toBe(true);
    // 02:30 comes twice in the night on which summer ends.
    const twice = { ...berlin, from: '02:00', until: '03:00' };
    expect(isScheduled(twice, at('2026-10-25T00:30:00Z'))).toBe(true);
    expect(isScheduled(twice, at('2026-10-25T01:30:00Z'))).toBe(true);
    expect(isScheduled(twice, at('2026-10-25T02:30:00Z'))).toBe(false);
  });

  it('counts the hours behind midnight to the day before', () => {
    // 2026-01-02 is a Friday.
    const friday = { ...berlin, timeZone: 'UTC', days: [5] };
    expect(isScheduled(friday, at('2026-01-02T23:00:00Z'))).toBe(true);
    expect(isScheduled(friday, at('2026-01-03T05:00:00Z'))).toBe(true);
    expect(isScheduled(friday, at('2026-01-03T23:00:00Z'))).toBe(false);
    expect(isScheduled(friday, at('2026-01-02T05:00:00Z'))).toBe(false);
    const sunday = { ...friday, days: [7] };
    expect(isScheduled(sunday, at('2026-01-05T01:00:00Z'))).toBe(true);
  });

  it('is the whole day where it ends as it begins', () => {
    const monday = { timeZone: 'UTC', days: [1], from: '00:00', until: '00:00' };
    expect(isScheduled(monday, at('2026-01-05T23:59:00Z'))).toBe(true);
    expect(isScheduled(monday, at('2026-01-06T00:00:00Z'))).toBe(false);
  });
});
