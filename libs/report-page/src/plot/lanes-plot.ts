import type { Markup } from '../markup.ts';
import { element, fragment } from '../markup.ts';
import { xAxis } from './axes.ts';
import type { Frame } from './frame.ts';
import { px } from './frame.ts';
import { seriesClass } from './look.ts';
import type { Lane, LanesPlot } from './plot.ts';
import type { Scale } from './scales.ts';
import { scaleOf } from './scales.ts';

/** What a row takes: its name and, below, its bars. */
const laneHeight = 34;
const barHeight = 10;

export function drawLanes({ x: axis, lanes }: LanesPlot, frame: Frame): Markup {
  const moments = lanes.flatMap(({ spans }) => spans.flatMap(({ from, to }) => [from, to]));
  const x = scaleOf(axis, moments, [frame.left, frame.right], { fromZero: false, nice: false });
  return fragment(
    lanes.map((lane, i) => drawLane(lane, i, x, { ...frame, top: frame.top + i * laneHeight })),
    xAxis(axis, x, frame),
  );
}

function drawLane({ label, spans }: Lane, i: number, x: Scale, { top, left, right }: Frame): Markup {
  const [y, middle] = [top + 18, top + 18 + barHeight / 2];
  return fragment(
    element('text', { class: 'legend', x: left, y: top + 13 }, label),
    element('line', { class: 'grid', x1: left, x2: right, y1: middle, y2: middle }),
    spans.map((span) => {
      const from = Math.max(left, x.position(span.from));
      const to = Math.min(right, x.position(span.to));
      if (to < left || from > right) return null;
      const hint = span.label ?? `${label}: ${x.text(span.from)} to ${x.text(span.to)}`;
      const bar = {
        class: `bar ${seriesClass(i)}`,
        x: px(from),
        y,
        width: px(Math.max(1.5, to - from)),
        height: barHeight,
      };
      return element('rect', bar, element('title', {}, hint));
    }),
  );
}
