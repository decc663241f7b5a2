import type { Box, Detection } from '@framegate/detection';
import { describe, expect, it } from 'vitest';
import type { Expected } from './agreement.ts';
import { agreementOf, f1Of, noAgreement, sumOf } from './agreement.ts';

const found = (...box: Box): Detection => ({ box, className: 'person', score: 0.9 });
const expected = (...box: Box): Expected => ({ box, className: 'person' });
const faint = (...box: Box): Expected => ({ ...expected(...box), optional: true });

describe('agreement', () => {
  it('counts hits, false alarms and misses', () => {
    const detections = [found(0, 0, 10, 20), found(500, 0, 10, 20)];
    const counts = agreementOf(detections, [expected(1, 0, 10, 20), expected(100, 0, 10, 20)]);
    expect(counts).toEqual({ hits: 1, found: 2, expected: 2 });
    expect(f1Of(counts)).toBe(0.5);
  });

  it('neither asks for an object that is hardly seen nor blames for finding it', () => {
    expect(agreementOf([found(0, 0, 10, 20)], [faint(0, 0, 10, 20)])).toEqual(noAgreement);
    expect(agreementOf([], [faint(0, 0, 10, 20)])).toEqual(noAgreement);
  });

  it('is perfect where there was nothing to be wrong about, and adds up over frames', () => {
    expect(f1Of(noAgreement)).toBe(1);
    const miss = agreementOf([], [expected(0, 0, 9, 9)]);
    const hit = agreementOf([found(0, 0, 9, 9)], [expected(0, 0, 9, 9)]);
    expect(f1Of(sumOf(miss, hit))).toBeCloseTo(2 / 3);
  });
});
