import { describe, expect, it } from 'vitest';
import type { OperatorAct } from './operator.ts';
import { actOf, noOperator, refusalOf } from './operator.ts';

const by = { by: 'ada', reason: '' };
const pin = (cameras: string): OperatorAct => ({
  kind: 'pin',
  lever: 'frame-rate',
  cameras,
  value: 2,
  ...by,
});
const unpin = (cameras: string): OperatorAct => ({ kind: 'unpin', lever: 'frame-rate', cameras, ...by });
const cameraIds = ['north/door', 'north/yard'];

describe('what an operator does', () => {
  it('is refused where it would do nothing, with what there is', () => {
    const free = noOperator('act');
    expect(refusalOf(free, pin('north/dor'), cameraIds)).toBe(
      'cameras: "north/dor" fits no camera; known are north/door, north/yard',
    );
    expect(refusalOf(free, pin('*'), [])).toBe('cameras: "*" fits no camera; none is known');
    expect(refusalOf(free, unpin('north/*'), cameraIds)).toBe(
      'frame-rate of north/* is not pinned; none is pinned',
    );
    const pinned = actOf(free, pin('north/*'));
    expect(refusalOf(pinned, unpin('north/door'), cameraIds)).toBe(
      'frame-rate of north/door is not pinned; pinned are frame-rate of north/*',
    );
  });

  it('is done where it does something, also to a camera that has gone', () => {
    const pinned = actOf(noOperator('act'), pin('north/gone'));
    expect(refusalOf(pinned, unpin('north/gone'), cameraIds)).toBeUndefined();
    expect(refusalOf(pinned, pin('north/*'), cameraIds)).toBeUndefined();
    expect(refusalOf(pinned, { kind: 'mode', mode: 'pause', ...by }, [])).toBeUndefined();
  });
});
