import { describe, expect, it } from 'vitest';
import { compareReports } from './compare.ts';
import { exampleReport } from './example-report.ts';

const withRounds = (rounds: number[], better: 'higher' | 'lower' = 'higher') =>
  exampleReport({ ratios: [{ name: 'speed', better, rounds, isRobust: false }] });

describe('compareReports', () => {
  it('calls better what is apart in all rounds', () => {
    const [change] = compareReports([withRounds([1, 1.1, 1.05, 1, 1.1])], [withRounds([2, 2.1, 2, 2.2, 2])]);
    expect(change).toMatchObject({ direction: 'better', before: 1.05, after: 2 });
    expect(change?.gain).toBeCloseTo(0.905, 3);
  });

  it('knows which way is better', () => {
    const [change] = compareReports(
      [withRounds([1, 1.1, 1.05, 1, 1.1], 'lower')],
      [withRounds([2, 2.1, 2, 2.2, 2], 'lower')],
    );
    expect(change).toMatchObject({ direction: 'worse' });
    expect(change?.gain).toBeLessThan(0);
  });

  it('calls the same what overlaps', () => {
    const [change] = compareReports([withRounds([1, 2, 3, 2, 1])], [withRounds([2, 1, 3, 3, 1])]);
    expect(change?.direction).toBe('same');
  });

  it('takes single values as they are', () => {
    expect(compareReports([withRounds([3])], [withRounds([3])])[0]?.direction).toBe('same');
    expect(compareReports([withRounds([3])], [withRounds([4])])[0]?.direction).toBe('better');
  });

  it('passes over what only one side has', () => {
    expect(compareReports([], [withRounds([3])])).toEqual([]);
  });
});
