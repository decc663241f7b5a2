import { describe, expect, it } from 'vitest';
import { createSloGrowth, sumOfDue } from './slo-growth.ts';

const promised = (cameraId: string) =>
  cameraId.includes('door') ? { slo: 'doors', target: 0.99 } : { slo: 'others', target: 0.9 };

describe('what was due of each SLO', () => {
  it('is what its cameras had since the last look, each with what may be late of it', () => {
    const growth = createSloGrowth(new Map([['n/door-1', { due: 100, onTime: 50 }]]), promised);
    const accounts = new Map([
      ['n/door-1', { due: 110, onTime: 59 }],
      ['n/door-2', { due: 10, onTime: 10 }],
      ['n/yard', { due: 20, onTime: 0 }],
    ]);
    const grown = growth.take(accounts);
    expect(grown.get('doors')).toEqual({ due: 20, onTime: 19, allowedLate: expect.closeTo(0.2) });
    expect(grown.get('others')).toEqual({ due: 20, onTime: 0, allowedLate: expect.closeTo(2) });
    expect(sumOfDue(grown.values())).toEqual({ due: 40, onTime: 19, allowedLate: expect.closeTo(2.2) });
    expect(sumOfDue(growth.take(accounts).values())).toEqual({ due: 0, onTime: 0, allowedLate: 0 });
  });
});
