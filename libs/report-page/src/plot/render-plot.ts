import type { Theme } from '../colours.ts';
import { colourProperties } from '../colours.ts';
import type { Markup } from '../markup.ts';
import { element, styleElement } from '../markup.ts';
import { wrapped } from './axes.ts';
import { drawBars } from './bar-plot.ts';
import type { Frame } from './frame.ts';
import { lineHeight } from './frame.ts';
import type { LegendEntry } from './legend.ts';
import { legend } from './legend.ts';
import { plotStyle } from './plot-style.ts';
import type { Plot } from './plot.ts';
import { drawXy } from './xy-plot.ts';
import { drawLanes } from './lanes-plot.ts';

export interface PlotSize {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/**
 * A plot as an SVG file by itself: fonts, colours and its own paper, so that it reads on any page.
 * `dark` is for a `<picture>` that offers both.
 */
export function renderPlot(plot: Plot, { theme, ...size }: PlotSize & { readonly theme: Theme }): string {
  const style = styleElement(`svg{${colourProperties(theme)}}${plotStyle}`);
  return plotElement(plot, size, { id: 'plot', standalone: style }).markup;
}

/** @param id unique in the page: the SVG's title and description are found by it. */
export function plotElement(
  plot: Plot,
  { width, height }: PlotSize,
  { id, standalone }: { readonly id: string; readonly standalone?: Markup },
): Markup {
  const inset = standalone ? 14 : 0;
  const inner = { width: width - 2 * inset, height: height - 2 * inset };
  const titleHeight = standalone ? 24 : 0;
  const key = legend(entriesOf(plot), inner.width);
  const frame: Frame = {
    ...inner,
    left: 52,
    right: inner.width - 20,
    top: titleHeight + key.rows * lineHeight + (plot.kind === 'lanes' ? 4 : 34),
    bottom: inner.height - footHeight(plot, inner.width),
  };
  const body = element(
    'g',
    { transform: standalone ? `translate(${inset} ${inset})` : undefined },
    standalone && element('text', { class: 'title', x: 0, y: 14 }, plot.title),
    key.at(titleHeight + 12),
    drawPlot(plot, frame),
  );
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg', class: 'plot', role: 'img', viewBox: `0 0 ${width} ${height}`,
    width: standalone ? width : undefined, height: standalone ? height : undefined,
    'aria-labelledby': `${id}-title ${id}-desc`,
  }; // prettier-ignore
  return element(
    'svg',
    attributes,
    element('title', { id: `${id}-title` }, plot.title),
    element('desc', { id: `${id}-desc` }, plot.description ?? seriesText(plot)),
    standalone,
    standalone && element('rect', { class: 'paper', width, height, rx: 6 }),
    body,
  );
}

function drawPlot(plot: Plot, frame: Frame): Markup {
  switch (plot.kind) {
    case 'xy':
      return drawXy(plot, frame);
    case 'bars':
      return drawBars(plot, frame);
    case 'lanes':
      return drawLanes(plot, frame);
  }
}

function footHeight(plot: Plot, width: number): number {
  if (plot.kind !== 'bars') return 40;
  const room = (width - 60) / Math.max(1, plot.groups.length) - 8;
  return 12 + 14 * Math.max(1, ...plot.groups.map((name) => wrapped(name, room).length));
}

function entriesOf(plot: Plot): LegendEntry[] {
  if (plot.kind === 'lanes') return [];
  if (plot.kind === 'bars') return plot.series.map(({ label }) => ({ label, draw: 'bar' }));
  return plot.series.map(({ label, draw = 'line' }) => ({ label, draw }));
}

function seriesText(plot: Plot): string {
  const [subject, parts] = plot.kind === 'lanes' ? [plot.x.label, plot.lanes] : [plot.y.label, plot.series];
  return `${subject}: ${parts.map(({ label }) => label).join(', ')}.`;
}
