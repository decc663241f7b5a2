import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLabeller, MAX_COMPONENTS, STRONG, WEAK } from './labelling.ts';

const grid = { columns: 12, rows: 8, cellPx: 8 };

/** `#` is strong, `+` is weak. */
function draw(...lines: string[]): Uint8Array {
  const levels = new Uint8Array(grid.columns * grid.rows);
  lines.forEach((line, row) => {
    for (let column = 0; column < line.length; column++) {
      const mark = line.charAt(column);
      levels[row * grid.columns + column] = mark === '#' ? STRONG : mark === '+' ? WEAK : 0;
    }
  });
  return levels;
}

function label(levels: Uint8Array, on = grid) {
  const active = Int32Array.from(levels.keys().filter((cell) => levels[cell] !== 0));
  return createLabeller(on).label(levels, active, active.length);
}

describe('labelling', () => {
  test('joins weak cells to strong ones across corners and drops those that touch none', () => {
    const { count, components } = label(
      draw(
        '............', //
        '.#+......+..',
        '...+.....+..',
        '...+........',
      ),
    );
    expect(count).toBe(1);
    expect(components[0]).toMatchObject({ left: 1, right: 3, top: 1, bottom: 3, cells: 4 });
  });

  test('keeps apart what does not touch, and does not wrap around the edges', () => {
    const { count } = label(draw('...........#', '#...........', '......#.....'));
    expect(count).toBe(3);
  });

  test('gives every strong cell to exactly one component', () => {
    const levels = fc.array(fc.constantFrom(0, 0, WEAK, STRONG), { minLength: 96, maxLength: 96 });
    fc.assert(
      fc.property(levels, (marks) => {
        const { count, components, members } = label(Uint8Array.from(marks));
        const all = components
          .slice(0, count)
          .flatMap(({ from, cells }) => [...members.subarray(from, from + cells)]);
        expect(new Set(all).size).toBe(all.length);
        for (const [cell, mark] of marks.entries()) if (mark === STRONG) expect(all).toContain(cell);
      }),
    );
  });

  test('survives more components than it keeps', () => {
    const wide = { columns: 160, rows: 90, cellPx: 8 };
    const levels = Uint8Array.from({ length: 160 * 90 }, (_, cell) =>
      cell % 2 === 0 && Math.floor(cell / 160) % 2 === 0 ? STRONG : 0,
    );
    expect(label(levels, wide).count).toBe(MAX_COMPONENTS);
  });
});
