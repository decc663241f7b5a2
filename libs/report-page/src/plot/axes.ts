import type { Markup } from '../markup.ts';
import { element, fragment } from '../markup.ts';
import type { Frame } from './frame.ts';
import { px, textWidth } from './frame.ts';
import type { Axis } from './plot.ts';
import type { Scale } from './scales.ts';

/** Lines across the plot at round values, each with the value; the label stands above the axis, to be read without turning. */
export function yAxis({ label }: Axis, scale: Scale, frame: Frame): Markup {
  const ticks = scale.ticks(Math.max(2, Math.floor((frame.bottom - frame.top) / 40)));
  return fragment(
    element('text', { class: 'axis', x: 0, y: px(frame.top - 13) }, label),
    ticks.map((tick) => {
      const y = px(scale.position(tick));
      return [
        element('line', { class: 'grid', x1: frame.left, x2: frame.right, y1: y, y2: y }),
        element('text', { class: 'tick end', x: px(frame.left - 6), y: px(y + 4) }, scale.text(tick)),
      ];
    }),
  );
}

export function xAxis({ label }: Axis, scale: Scale, frame: Frame): Markup {
  const count = Math.max(2, Math.floor((frame.right - frame.left) / 70));
  const baseline = element('line', {
    class: 'rule', x1: frame.left, x2: frame.right, y1: frame.bottom, y2: frame.bottom,
  }); // prettier-ignore
  return fragment(
    baseline,
    scale.ticks(count).map((tick) => {
      const x = px(scale.position(tick));
      return [
        element('line', { class: 'rule', x1: x, x2: x, y1: frame.bottom, y2: frame.bottom + 4 }),
        element('text', { class: 'tick middle', x, y: frame.bottom + 17 }, scale.text(tick)),
      ];
    }),
    element('text', { class: 'axis end', x: frame.right, y: frame.bottom + 34 }, label),
  );
}

/** Names of groups, on more than one line where they are close. */
export function groupNames(names: readonly string[], centreOf: (i: number) => number, frame: Frame): Markup {
  const room = (frame.right - frame.left) / Math.max(1, names.length) - 8;
  return fragment(
    names.map((name, i) =>
      wrapped(name, room).map((line, row) =>
        element('text', { class: 'tick middle', x: px(centreOf(i)), y: frame.bottom + 17 + row * 14 }, line),
      ),
    ),
  );
}

/** As many words a line as fit. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(`${last} ${word}`) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
