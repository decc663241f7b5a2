import { describe, expect, it } from 'vitest';
import { appearance } from '../test/contract/history-records-fixture.ts';
import { outsideErasures } from './erasure.ts';

const erasure = { cameraId: 'north/gate', fromUs: 100, untilUs: 200 };
const from = (startUs: number, endUs: number, bestAtUs = startUs) =>
  outsideErasures(appearance('a', { startUs, endUs, bestAtUs }), [erasure]);

describe('what is left of an appearance outside of erased ranges', () => {
  it('is all of it where it does not touch them', () => {
    expect(from(10, 99)).toMatchObject({ startUs: 10, endUs: 99 });
    expect(from(200, 300)).toMatchObject({ startUs: 200 });
    const elsewhere = appearance('a', { cameraId: 'north/door', startUs: 150, endUs: 160 });
    expect(outsideErasures(elsewhere, [erasure])).toBe(elsewhere);
  });

  it('is nothing where it was inside, reached into it, or looked its best there', () => {
    expect(from(120, 130)).toBeNull();
    expect(from(10, 100)).toBeNull();
    expect(from(10, 300, 250)).toBeNull();
    expect(from(150, 300, 199)).toBeNull();
  });

  it('is what came behind a range that it began in', () => {
    expect(from(150, 300, 250)).toMatchObject({ startUs: 200, endUs: 300 });
  });
});
