import { describe, expect, it } from 'vitest';
import { interleave, ratiosOf } from './interleave.ts';

describe('interleave', () => {
  it('runs the ways in turn, each second round backwards, and leaves out the warm-up', async () => {
    const order: string[] = [];
    const way = (name: string) => ({ name, run: () => order.push(name) });
    const runs = await interleave([way('a'), way('b')], { rounds: 2, warmUps: 1 });
    expect(order).toEqual(['b', 'a', 'a', 'b', 'b', 'a']);
    expect(runs.get('a')).toEqual([3, 6]);
    expect(runs.get('b')).toEqual([4, 5]);
  });

  it('tells which run comes next out of how many', async () => {
    const told: string[] = [];
    const ways = [{ name: 'a', run: () => 0 }];
    await interleave(ways, { rounds: 2, warmUps: 1, onRun: (...args) => told.push(args.join(' ')) });
    expect(told).toEqual(['0 3 a', '1 3 a', '2 3 a']);
  });
});

describe('ratiosOf', () => {
  it('divides within a round', () => {
    expect(ratiosOf([2, 9], [1, 3], (value) => value)).toEqual([2, 3]);
  });
});
