import type { Markup } from '../markup.ts';
import { element, fragment } from '../markup.ts';
import type { Frame } from './frame.ts';
import { fitted, px, textWidth } from './frame.ts';
import type { Span, Threshold } from './plot.ts';
import type { Scale } from './scales.ts';

/** Shaded stretches, below all else. */
export function spanAreas(spans: readonly Span[], x: Scale, frame: Frame): Markup {
  return fragment(
    spans.map(({ from, to, label, tone }) => {
      const [left, right] = pixels(from, to, x, frame);
      const area = {
        class: `span ${tone ?? 'warning'}`, x: px(left), y: frame.top,
        width: px(Math.max(1, right - left)), height: px(frame.bottom - frame.top),
      }; // prettier-ignore
      return element('rect', area, element('title', {}, label));
    }),
  );
}

/** The names of the stretches at their tops, as far as there is room: the area's hint says them in full. */
export function spanNames(spans: readonly Span[], x: Scale, frame: Frame): Markup {
  return fragment(
    spans.map(({ from, to, label }) => {
      const [left, right] = pixels(from, to, x, frame);
      const name = fitted(label, right - left - 8);
      return name !== '' && element('text', { class: 'note halo', x: px(left + 4), y: frame.top + 14 }, name);
    }),
  );
}

function pixels(from: number, to: number, x: Scale, frame: Frame): [number, number] {
  const clamp = (value: number): number => Math.min(frame.right, Math.max(frame.left, value));
  return [clamp(x.position(from)), clamp(x.position(to))];
}

/** Lines of limits and objectives, the name at the right end. */
export function thresholdMarks(
  thresholds: readonly Threshold[],
  scales: { readonly x?: Scale; readonly y: Scale },
  frame: Frame,
): Markup {
  return fragment(
    thresholds.map(({ at, label, axis }) =>
      axis === 'x' && scales.x
        ? verticalThreshold(scales.x.position(at), label, frame)
        : horizontalThreshold(scales.y.position(at), label, frame),
    ),
  );
}

function horizontalThreshold(position: number, label: string, frame: Frame): Markup {
  const y = px(position);
  const above = position - frame.top > 18;
  return fragment(
    element('line', { class: 'threshold', x1: frame.left, x2: frame.right, y1: y, y2: y }),
    element('text', { class: 'note end halo', x: frame.right - 2, y: px(above ? y - 5 : y + 14) }, label),
  );
}

function verticalThreshold(position: number, label: string, frame: Frame): Markup {
  const x = px(position);
  const fits = frame.right - position > textWidth(label) + 6;
  return fragment(
    element('line', { class: 'threshold', x1: x, x2: x, y1: frame.top, y2: frame.bottom }),
    element(
      'text',
      { class: fits ? 'note halo' : 'note end halo', x: px(fits ? x + 4 : x - 4), y: frame.top + 14 },
      label,
    ),
  );
}
