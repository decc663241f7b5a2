import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scaleOf } from './scales.ts';

const range = [0, 500] as const;
const options = { fromZero: true, nice: true };

describe('scaleOf', () => {
  it.each(['linear', 'log', 'time'] as const)(
    'places every value of a %s axis within the plot, in order',
    (scale) => {
      const values = fc.array(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), {
        minLength: 1,
        maxLength: 20,
      });
      fc.assert(
        fc.property(values, (some) => {
          const { position } = scaleOf({ label: '', scale }, some, range, options);
          const places = some.toSorted((a, b) => a - b).map(position);
          expect(places.every((place) => place >= -1e-6 && place <= 500 + 1e-6)).toBe(true);
          expect(places.toSorted((a, b) => a - b)).toEqual(places);
        }),
      );
    },
  );

  it('begins a linear axis at 0, and one that is not to at the least value', () => {
    expect(scaleOf({ label: '' }, [30, 90], range, options).domain).toEqual([0, 90]);
    expect(scaleOf({ label: '' }, [30, 90], range, { fromZero: false, nice: true }).domain).toEqual([30, 90]);
  });

  it('keeps the domain that is asked for', () => {
    expect(scaleOf({ label: '', domain: [0.13, 0.97] }, [5], range, options).domain).toEqual([0.13, 0.97]);
  });

  it('has a place for what a logarithmic axis can not show', () => {
    const { position } = scaleOf({ label: '', scale: 'log' }, [0, 3, 700], range, options);
    expect(position(0)).toBe(0);
  });

  it('writes values as the axis says', () => {
    expect(scaleOf({ label: '', format: '.1%' }, [0, 1], range, options).text(0.256)).toBe('25.6%');
  });

  it('stands without values', () => {
    expect(scaleOf({ label: '' }, [], range, options).domain).toEqual([0, 1]);
    expect(scaleOf({ label: '', scale: 'log' }, [0], range, options).position(1)).toBeGreaterThanOrEqual(0);
  });

  it('thins the ticks of a logarithmic axis to what there is room for', () => {
    const { ticks } = scaleOf({ label: '', scale: 'log' }, [1, 100], range, options);
    expect(ticks(8)).toEqual([1, 2, 5, 10, 20, 50, 100]);
    expect(ticks(3)).toEqual([1, 10, 100]);
  });
});
