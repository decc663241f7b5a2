import type { Markup } from '../markup.ts';
import { element, fragment } from '../markup.ts';
import { lineHeight, px, textWidth } from './frame.ts';
import { dashOf, marker, seriesClass } from './look.ts';

export interface LegendEntry {
  readonly label: string;
  readonly draw: 'line' | 'steps' | 'points' | 'bar';
}

interface Placed extends LegendEntry {
  readonly x: number;
  readonly row: number;
}

const swatch = 26;

/** A legend above the plot; one series needs none. */
export function legend(
  entries: readonly LegendEntry[],
  width: number,
): { rows: number; at(y: number): Markup } {
  const placed = entries.length < 2 ? [] : place(entries, width);
  const rows = placed.reduce((most, { row }) => Math.max(most, row + 1), 0);
  return { rows, at: (y) => fragment(placed.map((entry, i) => drawn(entry, i, y))) };
}

function place(entries: readonly LegendEntry[], width: number): Placed[] {
  let [x, row] = [0, 0];
  return entries.map((entry) => {
    const needed = swatch + textWidth(entry.label) + 18;
    if (x > 0 && x + needed > width) [x, row] = [0, row + 1];
    const placed = { ...entry, x, row };
    x += needed;
    return placed;
  });
}

function drawn({ label, draw, x, row }: Placed, i: number, top: number): Markup {
  const y = top + row * lineHeight;
  const sample = {
    points: () => marker(i, x + 12, y - 4),
    bar: () =>
      element('rect', { class: `bar ${seriesClass(i)}`, x: px(x), y: px(y - 9), width: 18, height: 10 }),
    line: () => lineSample(i, x, y),
    steps: () => lineSample(i, x, y),
  }[draw];
  return fragment(sample(), element('text', { class: 'legend', x: px(x + swatch), y: px(y) }, label));
}

function lineSample(i: number, x: number, y: number): Markup {
  const [x1, x2, at] = [px(x), px(x + 20), px(y - 4)];
  return element('line', {
    class: `line ${seriesClass(i)}`,
    'stroke-dasharray': dashOf(i),
    x1,
    x2,
    y1: at,
    y2: at,
  });
}
