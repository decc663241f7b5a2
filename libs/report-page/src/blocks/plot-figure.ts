import type { Markup } from '../markup.ts';
import { element, fragment } from '../markup.ts';
import type { PlotBlock } from '../page.ts';
import { plotElement } from '../plot/render-plot.ts';

/** Text in a scaled-down picture can't be read on a phone: it gets a picture of its own. */
const [wideWidth, narrowWidth] = [880, 360];

export function plotFigure({ plot, height = 300 }: PlotBlock, id: string): Markup {
  const narrowHeight = Math.round(Math.max(240, height * 0.9));
  return element(
    'figure',
    {},
    element(
      'figcaption',
      {},
      element('b', {}, plot.title),
      plot.description !== undefined && fragment(' ', element('span', {}, plot.description)),
    ),
    element('div', { class: 'wide' }, plotElement(plot, { width: wideWidth, height }, { id: `${id}-wide` })),
    element(
      'div',
      { class: 'narrow' },
      plotElement(plot, { width: narrowWidth, height: narrowHeight }, { id: `${id}-narrow` }),
    ),
  );
}
