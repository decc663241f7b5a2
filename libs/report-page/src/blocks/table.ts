import { format } from 'd3-format';
import type { Markup } from '../markup.ts';
import { element, fragment } from '../markup.ts';
import type { Cell, Column, RowGroup, TableBlock } from '../page.ts';

export function table({ caption, columns, groups, note }: TableBlock, id: string): Markup {
  const numeric = columns.map((_, i) => holdsNumbers(groups, i));
  const head = columns.map(({ label }, i) =>
    element('th', { scope: 'col', class: numeric[i] && 'number' }, label),
  );
  // A wide table scrolls by itself: reachable by keyboard, so it needs a name and a tab stop.
  return element(
    'div',
    { class: 'scroll', role: 'region', 'aria-labelledby': id, tabindex: 0 },
    element(
      'table',
      {},
      element('caption', { id }, caption),
      element('thead', {}, element('tr', {}, head)),
      groups.map((group) => rowGroup(group, columns, numeric)),
    ),
    note !== undefined && element('p', { class: 'note' }, note),
  );
}

function rowGroup(
  { heading, rows }: RowGroup,
  columns: readonly Column[],
  numeric: readonly boolean[],
): Markup {
  const best = columns.map((column, i) => bestOf(column, rows, i));
  return element(
    'tbody',
    {},
    heading !== undefined &&
      element(
        'tr',
        { class: 'group' },
        element('th', { scope: 'rowgroup', colspan: columns.length }, heading),
      ),
    rows.map((row) =>
      element(
        'tr',
        {},
        columns.map((column, i) => {
          const cell = row[i] ?? null;
          if (i === 0) return element('th', { scope: 'row' }, cellText(cell, column));
          const isBest = cell !== null && cell === best[i];
          return element(
            'td',
            { class: numeric[i] && 'number' },
            isBest ? bestText(cell, column) : cellText(cell, column),
          );
        }),
      ),
    ),
  );
}

function holdsNumbers(groups: readonly RowGroup[], i: number): boolean {
  const cells = groups
    .flatMap(({ rows }) => rows.map((row) => row[i] ?? null))
    .filter((cell) => cell !== null);
  return i > 0 && cells.length > 0 && cells.every((cell) => typeof cell === 'number');
}

/** The best of one row is no news. */
function bestOf({ best }: Column, rows: RowGroup['rows'], i: number): number | undefined {
  const numbers = rows.map((row) => row[i]).filter((cell) => typeof cell === 'number');
  if (best === undefined || numbers.length < 2) return undefined;
  return numbers.reduce((a, b) => (best === 'lowest' ? Math.min(a, b) : Math.max(a, b)));
}

function bestText(cell: Cell, column: Column): Markup {
  return element('strong', {}, cellText(cell, column), element('span', { class: 'unseen' }, ' (best)'));
}

function cellText(cell: Cell, column: Column): Markup {
  if (cell === null) return fragment('–');
  return fragment(
    typeof cell === 'number' && column.format !== undefined ? format(column.format)(cell) : String(cell),
  );
}
