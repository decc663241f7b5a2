import { describe, expect, it } from 'vitest';
import { recordsOf } from '../test/records-fixture.ts';
import { advise, describe as describeIn } from './advice.ts';
import type { FrameRecord, RegionBox } from './frame-record.ts';
import { summarise } from './summary.ts';

const size = { width: 1280, height: 720, problem: null };
const summaryOf = (frames: FrameRecord[]) => summarise({ ...size, frames });
const at = { sensitivity: 50 };
const moving = (...regions: RegionBox[]): Partial<FrameRecord> => ({ motion: true, score: 0.9, regions });

describe('the summary in words', () => {
  it('counts what passed and what was held back, and why', () => {
    const records = recordsOf(100, (frame) => {
      if (frame < 25) return moving([0, 0, 900, 700]);
      return frame < 75 ? { suppressed: 'precipitation', score: frame === 40 ? 0.31 : 0.1 } : {};
    });
    expect(describeIn(summaryOf(records))).toEqual([
      'Of 100 frames (0:10), 25 passed (25.0 %), in 1 event; 75 were stopped.',
      'Changes that were not called motion: precipitation (50.0 % of the frames).',
      'The strongest change that was stopped scored 0.31 of 0.50, at 0:04: precipitation.',
    ]);
  });

  it('says so when nothing passed', () => {
    expect(describeIn(summaryOf(recordsOf(50, () => ({}))))).toEqual(['None of 50 frames (0:05) passed.']);
  });
});

describe('advice', () => {
  it('is a mask where most of the motion keeps to one place', () => {
    const tree: RegionBox = [20, 40, 130, 150];
    const records = recordsOf(100, (frame) =>
      frame % 2 ? moving(tree) : frame === 50 ? moving([700, 400, 60, 150]) : {},
    );
    const [advice] = advise(summaryOf(records), at);
    expect(advice).toContain('In 50 of the 51 frames');
    expect(advice).toContain('polygon: [[0, 0], [0.125, 0], [0.125, 0.333], [0, 0.333]]');
  });

  it('is no mask over most of the picture', () => {
    const records = recordsOf(100, () => moving([100, 100, 1000, 500]));
    expect(advise(summaryOf(records), at)).toEqual([expect.stringContaining('all over the picture')]);
  });

  it('is a lower sensitivity where most events are over at once', () => {
    const records = recordsOf(200, (frame) => (frame % 30 === 15 ? moving([frame * 5, frame, 40, 40]) : {}));
    expect(advise(summaryOf(records), at)).toEqual([
      expect.stringContaining('lower the sensitivity (50, try 35)'),
    ]);
  });

  it('is a higher sensitivity where something was nearly strong enough, but not where it was rain', () => {
    const nearly = (suppressed: FrameRecord['suppressed']) =>
      advise(summaryOf(recordsOf(50, (frame) => (frame === 20 ? { score: 0.45, suppressed } : {}))), at);
    expect(nearly('none')).toEqual([expect.stringContaining('raise the sensitivity (50, try 65)')]);
    expect(nearly('precipitation')).toEqual(['Nothing here asks for another setting.']);
  });
});
