import type { Markup } from '../markup.ts';
import { element } from '../markup.ts';
import type { Picture, PicturesBlock } from '../page.ts';

export function pictureStrip({ caption, pictures }: PicturesBlock): Markup {
  return element(
    'figure',
    {},
    element('figcaption', {}, element('b', {}, caption)),
    element('div', { class: 'strip' }, pictures.map(pictureFigure)),
  );
}

function pictureFigure({ src, alt, caption, width, height }: Picture): Markup {
  if (!src.startsWith('data:image/'))
    throw new RangeError(`picture "${caption}" is no data:image/ URL: a page fetches nothing`);
  return element(
    'figure',
    {},
    element('img', { src, alt, width, height, loading: 'lazy' }),
    element('figcaption', {}, caption),
  );
}
