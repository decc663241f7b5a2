import type { Markup } from '../markup.ts';
import { element, fragment } from '../markup.ts';
import type { Block, FiguresBlock, TextBlock, TimelineEvent, VerdictsBlock } from '../page.ts';
import { plotFigure } from './plot-figure.ts';
import { pictureStrip } from './pictures.ts';
import { table } from './table.ts';

/** @param id unique in the page */
export function renderBlock(block: Block, id: string): Markup {
  switch (block.kind) {
    case 'text':
      return paragraphs(block);
    case 'figures':
      return figures(block);
    case 'verdicts':
      return verdicts(block);
    case 'table':
      return table(block, id);
    case 'plot':
      return plotFigure(block, id);
    case 'timeline':
      return element('ol', { class: 'timeline' }, block.events.map(timelineEvent));
    case 'pictures':
      return pictureStrip(block);
    case 'code':
      return element('pre', {}, element('code', {}, block.code));
  }
}

function paragraphs({ text }: TextBlock): Markup {
  return fragment((typeof text === 'string' ? [text] : text).map((one) => element('p', {}, one)));
}

function figures(block: FiguresBlock): Markup {
  return element(
    'dl',
    { class: 'figures' },
    block.figures.map(({ label, value, unit, note }) =>
      element(
        'div',
        {},
        element('dt', {}, label),
        element(
          'dd',
          {},
          element('strong', {}, value),
          unit !== undefined && element('span', {}, ` ${unit}`),
        ),
        note !== undefined && element('dd', { class: 'note' }, note),
      ),
    ),
  );
}

const verdictWords = { true: '✓ reached', false: '✗ missed', null: '– not measured' } as const;

function verdicts(block: VerdictsBlock): Markup {
  return element(
    'ul',
    { class: 'verdicts' },
    block.verdicts.map(({ promise, measured, reached }) =>
      element(
        'li',
        { class: reached === null ? undefined : reached ? 'good' : 'bad' },
        element('b', {}, verdictWords[`${reached}`]),
        element('span', {}, promise),
        element('span', { class: 'measured' }, measured),
      ),
    ),
  );
}

function timelineEvent({ at, title, text, details }: TimelineEvent): Markup {
  const head = fragment(element('b', { class: 'at' }, at), ' ', title);
  const list = details && details.length > 0 && detailList(details);
  return element(
    'li',
    {},
    list ? element('details', {}, element('summary', {}, head), list) : element('p', {}, head),
    text !== undefined && element('p', { class: 'note' }, text),
  );
}

function detailList(details: readonly (readonly [string, string | number])[]): Markup {
  return element(
    'dl',
    { class: 'details' },
    details.map(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]),
  );
}
