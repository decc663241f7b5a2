import { describe, expect, it } from 'vitest';
import { createCpuMeter } from './cpu-meter.ts';

const core = (busy: number, idle: number) => ({
  model: '',
  speed: 0,
  times: { user: busy, nice: 0, sys: 0, irq: 0, idle },
});

describe('the busy share of a machine', () => {
  it('is that of all its cores since the last look', () => {
    let cores = [core(1000, 0), core(0, 1000)];
    const share = createCpuMeter(() => cores);
    cores = [core(1500, 500), core(0, 2000)];
    expect(share()).toBe(0.25);
    cores = [core(1500, 600), core(0, 2000)];
    expect(share()).toBe(0.25);
    cores = [core(1500, 1500), core(0, 3000)];
    expect(share()).toBe(0);
  });
});
