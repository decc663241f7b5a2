import { describe, expect, test } from 'vitest';
import { PlaybackSchedule } from './playback-schedule.ts';

const interval = 100_000;
const started = (): PlaybackSchedule => {
  const schedule = new PlaybackSchedule(interval);
  schedule.decide(0, 5_000_000);
  return schedule;
};

describe('a recording in real time', () => {
  test('shows its first frame at once', () => {
    expect(new PlaybackSchedule(interval).decide(700, 42)).toEqual({ action: 'show', dueUs: 42 });
  });

  test('waits for a frame that is not due yet', () => {
    expect(started().decide(interval, 5_000_001)).toEqual({ action: 'wait', untilUs: 5_100_000 });
  });

  test('stamps a frame with the time when it was due, not when it was asked for', () => {
    expect(started().decide(interval, 5_150_000)).toEqual({ action: 'show', dueUs: 5_100_000 });
  });

  test('skips a frame once the next one is due as well', () => {
    expect(started().decide(interval, 5_200_001)).toEqual({ action: 'skip' });
  });

  test('after a pause shows the newest frame that is due', () => {
    const schedule = started();
    const decisions = [1, 2, 3, 4, 5].map((n) => schedule.decide(n * interval, 5_450_000).action);
    expect(decisions).toEqual(['skip', 'skip', 'skip', 'show', 'wait']);
  });

  test('a reader slower than the recording still gets a frame each second, and the schedule moves with it', () => {
    const schedule = started();
    let nowUs = 5_000_000;
    const shownAtUs: number[] = [];
    for (let n = 1; n < 100; n++) {
      nowUs += 3 * interval;
      const decision = schedule.decide(n * interval, nowUs);
      if (decision.action !== 'show') continue;
      shownAtUs.push(nowUs);
      expect(nowUs - decision.dueUs).toBeLessThanOrEqual(interval);
    }
    const gaps = shownAtUs.slice(1).map((at, i) => at - (shownAtUs[i] ?? 0));
    expect(shownAtUs.length).toBeGreaterThan(10);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(1_000_000 + 2 * 3 * interval);
  });
});
