import { describe, expect, it } from 'vitest';
import { recordsOf } from '../test/records-fixture.ts';
import { chooseMoments } from './moments.ts';
import { causesOf, eventsOf, suppressedBy } from './stretches.ts';

describe('events', () => {
  it('go on over a pause of up to a second, and no longer', () => {
    const inMotion = new Set([10, 11, 20, 21, 40]);
    const events = eventsOf(recordsOf(60, (frame) => ({ motion: inMotion.has(frame) })));
    expect(events.map(({ from, to, frames }) => [from, to, frames.length])).toEqual([[1, 2.2, 4], [4, 4.1, 1]]); // prettier-ignore
  });

  it('are apart from what was held back, which is told by its cause, most frequent first', () => {
    const records = recordsOf(20, (frame) => ({
      suppressed: frame < 3 ? 'settling' : frame < 5 ? 'shake' : frame === 9 ? 'flicker' : 'none',
    }));
    expect(causesOf(records)).toEqual([
      { cause: 'settling', frames: 3 },
      { cause: 'shake', frames: 2 },
      { cause: 'flicker', frames: 1 },
    ]);
    expect(suppressedBy(records, 'shake').map(({ from, to }) => [from, to])).toEqual([[0.3, 0.5]]);
  });
});

describe('moments worth a picture', () => {
  it('are the beginning and the peak of an event, the strongest of each cause, and quiet ones', () => {
    const records = recordsOf(100, (frame) => {
      if (frame >= 20 && frame < 30) return { motion: true, score: frame === 25 ? 0.9 : 0.6 };
      if (frame >= 50 && frame < 60) return { suppressed: 'precipitation', score: frame === 57 ? 0.4 : 0.2 };
      return frame < 10 ? { suppressed: 'settling' } : {};
    });
    const moments = chooseMoments(records).map(({ why, record }) => [record.frame, why]);
    expect(moments.filter(([, why]) => why !== 'quiet')).toEqual([
      [20, 'event'],
      [25, 'peak'],
      [57, 'suppressed'],
    ]);
    expect(moments).toHaveLength(6);
  });

  it('are of the strongest events where there are many', () => {
    const records = recordsOf(1000, (frame) =>
      frame % 25 === 0 ? { motion: true, score: 0.5 + frame / 2000 } : {},
    );
    const events = chooseMoments(records).filter(({ why }) => why === 'event');
    expect(events.map(({ record }) => record.frame)).toEqual([800, 825, 850, 875, 900, 925, 950, 975]);
  });

  it('are none where there is nothing', () => {
    expect(chooseMoments([])).toEqual([]);
  });
});
