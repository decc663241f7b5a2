import type { SymbolType } from 'd3-shape';
import {
  symbol,
  symbolCircle,
  symbolDiamond,
  symbolSquare,
  symbolTriangle,
  symbolWye,
  symbolCross,
} from 'd3-shape';
import { seriesColours } from '../colours.ts';
import type { Markup } from '../markup.ts';
import { element } from '../markup.ts';
import { px } from './frame.ts';

/** A series is told by its colour, and by its dashes or its marker for those who don't see the colour. */
const dashes = ['', '7 3', '2 2', '9 3 2 3', '4 2', '1 3'];
const markers: readonly SymbolType[] = [
  symbolCircle,
  symbolSquare,
  symbolTriangle,
  symbolDiamond,
  symbolCross,
  symbolWye,
];

export function seriesClass(i: number): string {
  return `s${i % seriesColours}`;
}

/** After all colours are used, the same with the next dashes. */
export function dashOf(i: number): string | undefined {
  return dashes[(i + Math.floor(i / seriesColours)) % dashes.length] || undefined;
}

export function marker(i: number, x: number, y: number, hint?: string): Markup {
  const shape = markers[(i + Math.floor(i / seriesColours)) % markers.length] ?? symbolCircle;
  return element(
    'path',
    {
      class: `marker ${seriesClass(i)}`,
      transform: `translate(${px(x)} ${px(y)})`,
      d: symbol(shape, 42).digits(1)() ?? '',
    },
    ...(hint === undefined ? [] : [element('title', {}, hint)]),
  );
}
