import type { Markup } from '../markup.ts';
import { element } from '../markup.ts';
import { px } from '../plot/frame.ts';
import type { Picture, PicturesBlock } from '../page.ts';

export function pictureStrip({ caption, pictures }: PicturesBlock): Markup {
  return element(
    'figure',
    {},
    element('figcaption', {}, caption),
    element('div', { class: 'strip' }, pictures.map(pictureFigure)),
  );
}

function pictureFigure({ src, alt, caption, width, height, marks = [] }: Picture): Markup {
  if (!src.startsWith('data:image/'))
    throw new RangeError(`picture "${caption}" is no data:image/ URL: a page fetches nothing`);
  return element(
    'figure',
    {},
    marks.length > 0
      ? markedPicture({ src, alt, width: width ?? 0, height: height ?? 0, marks })
      : element('img', { src, alt, width, height, loading: 'lazy' }),
    element('figcaption', {}, caption),
  );
}

function markedPicture(picture: Required<Omit<Picture, 'caption'>>): Markup {
  const { src, alt, width, height, marks } = picture;
  const attributes = { class: 'marked', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': alt };
  return element(
    'svg',
    attributes,
    element('image', { href: src, width, height }),
    marks.map(({ polygon, tone, label }) =>
      element(
        'polygon',
        { class: tone, points: polygon.map((point) => point.map(px).join(',')).join(' ') },
        label !== undefined && element('title', {}, label),
      ),
    ),
  );
}
