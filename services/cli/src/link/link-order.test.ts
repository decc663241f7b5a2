import { describe, expect, it } from 'vitest';
import { parseLinkOrder } from './link-order.ts';

describe('an order to the link', () => {
  it('changes one condition, cuts, opens or resets', () => {
    expect(parseLinkOrder('delay 200')).toEqual({ delayMs: 200 });
    expect(parseLinkOrder(' rate  5e4 ')).toEqual({ bytesPerSecond: 50_000 });
    expect(parseLinkOrder('cut')).toEqual({ open: false });
    expect(parseLinkOrder('open')).toEqual({ open: true });
    expect(parseLinkOrder('reset')).toBe('reset');
  });

  it('is refused with what was expected', () => {
    for (const line of ['delay', 'delay soon', 'faster 3', 'rate -1', 'toString 1'])
      expect(() => parseLinkOrder(line)).toThrow('expected rate, delay');
  });
});
