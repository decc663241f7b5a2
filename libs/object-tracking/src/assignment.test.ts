import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign } from './assignment.ts';

const matrix = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
  .chain(([rows, columns]) =>
    fc.array(fc.array(fc.integer({ min: -20, max: 50 }), { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  );

describe('assignment', () => {
  it('costs as little as the best of all assignments, and pairs as many as can be', () => {
    fc.assert(
      fc.property(matrix, (costs) => {
        const columns = assign(costs);
        const used = columns.filter((column) => column >= 0);
        const most = Math.min(costs.length, costs[0]!.length);
        expect(used).toHaveLength(most);
        expect(new Set(used).size).toBe(most);
        expect(sum(columns.map((column, row) => (column < 0 ? 0 : costs[row]![column]!)))).toBe(
          cheapest(costs, 0, new Set(), most),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('has nothing to pair where nothing is', () => {
    expect(assign([])).toEqual([]);
    expect(assign([[], []])).toEqual([-1, -1]);
  });
});

/** By trying all. */
function cheapest(costs: number[][], row: number, taken: Set<number>, open: number): number {
  if (open === 0) return 0;
  if (costs.length - row < open) return Number.POSITIVE_INFINITY;
  const skipping = cheapest(costs, row + 1, taken, open);
  const taking = costs[row]!.flatMap((cost, column) =>
    taken.has(column) ? [] : cost + cheapest(costs, row + 1, new Set([...taken, column]), open - 1),
  );
  return Math.min(skipping, ...taking);
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
