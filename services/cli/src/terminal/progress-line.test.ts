import { describe, expect, it } from 'vitest';
import { createProgressBar } from './progress-bar.ts';
import { progressLine } from './progress-line.ts';

const progress = { label: 'analyze', done: 150, total: 600, unit: 'frames', elapsedSeconds: 10 };

describe('the progress line', () => {
  it('shows share, rate and the time that is left', () => {
    expect(progressLine(progress, 120)).toBe(
      'analyze [######------------------]  25%  150/600 frames  15.0 frames/s  ETA 0:30',
    );
  });

  it('shows no share where the total is not known', () => {
    expect(progressLine({ ...progress, total: null }, 120)).toBe('analyze  150 frames  15.0 frames/s');
  });

  it('knows no time before anything is done, and hours when there are some', () => {
    expect(progressLine({ ...progress, done: 0 }, 120)).toContain('ETA -:--');
    expect(progressLine({ ...progress, done: 1, total: 1000 }, 120)).toContain('ETA 2:46:30');
  });

  it('stays full when there is more than was expected, and within the terminal', () => {
    expect(progressLine({ ...progress, done: 700 }, 120)).toContain('] 100%  700/600');
    expect(progressLine(progress, 40)).toHaveLength(40);
  });
});

describe('the progress bar', () => {
  function drawn(isTTY: boolean): string[] {
    const written: string[] = [];
    let nowMs = 0;
    const stream = { isTTY, columns: 100, write: (text: string) => written.push(text) > 0 };
    const bar = createProgressBar(stream, { label: 'x', unit: 'frames' }, () => nowMs);
    for (const at of [0, 10, 150]) {
      nowMs = at;
      bar.update(at, 200);
    }
    bar.end();
    return written;
  }

  it('draws ten times a second at most, and clears its line at the end', () => {
    const written = drawn(true);
    expect(written).toHaveLength(3);
    expect(written[1]).toContain('150/200');
    expect(written[2]).toBe('\r\x1b[K');
  });

  it('writes nothing where there is no terminal', () => {
    expect(drawn(false)).toEqual([]);
  });
});
