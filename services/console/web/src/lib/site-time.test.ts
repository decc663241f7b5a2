import { describe, expect, it } from 'vitest';
import { fromLocal, showTime } from './site-time.ts';

const us = (iso: string): number => Date.parse(iso) * 1000;

describe("the site's time", () => {
  it('is read as its clocks show it, in summer, in winter and when they change', () => {
    expect(fromLocal('2026-07-01T12:00', 'Europe/Berlin')).toBe(us('2026-07-01T10:00:00Z'));
    expect(fromLocal('2026-01-01T12:00', 'Europe/Berlin')).toBe(us('2026-01-01T11:00:00Z'));
    expect(fromLocal('2026-03-29T03:30', 'Europe/Berlin')).toBe(us('2026-03-29T01:30:00Z'));
    expect(fromLocal('2026-01-01T12:00', 'Asia/Kathmandu')).toBe(us('2026-01-01T06:15:00Z'));
    expect(fromLocal('', 'UTC')).toBeUndefined();
  });

  it('is shown so', () => {
    expect(showTime(us('2026-07-01T10:00:00Z'), 'Europe/Berlin')).toBe('1 Jul 2026, 12:00:00');
  });
});
