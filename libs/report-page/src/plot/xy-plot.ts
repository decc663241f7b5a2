import { area, curveLinear, curveStepAfter, line } from 'd3-shape';
import type { Markup } from '../markup.ts';
import { element, fragment } from '../markup.ts';
import { xAxis, yAxis } from './axes.ts';
import { decimate } from './decimate.ts';
import type { Frame } from './frame.ts';
import { px, textWidth } from './frame.ts';
import { dashOf, marker, seriesClass } from './look.ts';
import { spanAreas, spanNames, thresholdMarks } from './overlays.ts';
import type { PlotPoint, Series, XyPlot } from './plot.ts';
import type { Scale } from './scales.ts';
import { scaleOf } from './scales.ts';

interface Scales {
  readonly x: Scale;
  readonly y: Scale;
}

/** Points are marked on a line while they are few enough to be told apart. */
const markedPoints = 24;

export function drawXy(plot: XyPlot, frame: Frame): Markup {
  const scales = scalesOf(plot, frame);
  return fragment(
    spanAreas(plot.spans ?? [], scales.x, frame),
    yAxis(plot.y, scales.y, frame),
    xAxis(plot.x, scales.x, frame),
    plot.series.map((series, i) => seriesMarks(series, i, scales, frame)),
    spanNames(plot.spans ?? [], scales.x, frame),
    thresholdMarks(plot.thresholds ?? [], scales, frame),
  );
}

function scalesOf({ x, y, series, thresholds = [], spans = [] }: XyPlot, frame: Frame): Scales {
  const points = series.flatMap((one) => one.points);
  const at = (axis: 'x' | 'y'): number[] =>
    thresholds.filter((threshold) => (threshold.axis ?? 'y') === axis).map((threshold) => threshold.at);
  const xs = [...points.map((point) => point.x), ...spans.flatMap(({ from, to }) => [from, to]), ...at('x')];
  const ys = [...points.flatMap((point) => [point.y, point.low, point.high].filter(isNumber)), ...at('y')];
  const scatter = series.every(({ draw }) => draw === 'points');
  return {
    x: scaleOf(x, xs, [frame.left, frame.right], { fromZero: false, nice: scatter }),
    y: scaleOf(y, ys, [frame.bottom, frame.top], { fromZero: true, nice: true }),
  };
}

function seriesMarks(series: Series, i: number, { x, y }: Scales, frame: Frame): Markup {
  const drawn = series.draw ?? 'line';
  const inside = series.points.filter((point) => point.x >= x.domain[0] && point.x <= x.domain[1]);
  if (drawn === 'points') return fragment(markers(inside, series.label, i, { x, y }, frame));
  const points = decimate(inside, (value) => Math.floor(x.position(value)));
  const shape = line<PlotPoint>()
    .defined((point) => point.y !== null)
    .x((point) => x.position(point.x))
    .y((point) => y.position(clamped(point.y ?? 0, y)))
    .curve(drawn === 'steps' ? curveStepAfter : curveLinear)
    .digits(1);
  const path = {
    class: `line ${seriesClass(i)}`,
    'stroke-dasharray': dashOf(i),
    d: shape(points) ?? '',
  };
  return fragment(
    band(points, i, { x, y }),
    element('path', path, element('title', {}, series.label)),
    drawn === 'line' && points.length <= markedPoints && markers(points, series.label, i, { x, y }, frame),
  );
}

function band(points: readonly PlotPoint[], i: number, { x, y }: Scales): Markup | null {
  const withBounds = points.filter(({ low, high }) => low !== undefined && high !== undefined);
  if (withBounds.length < 2) return null;
  const shape = area<PlotPoint>()
    .x((point) => x.position(point.x))
    .y0((point) => y.position(clamped(point.low ?? 0, y)))
    .y1((point) => y.position(clamped(point.high ?? 0, y)))
    .digits(1);
  return element('path', { class: `band ${seriesClass(i)}`, d: shape(withBounds) ?? '' });
}

function markers(
  points: readonly PlotPoint[],
  name: string,
  i: number,
  { x, y }: Scales,
  frame: Frame,
): Markup[] {
  return points.flatMap((point) => {
    if (point.y === null) return [];
    const [left, top] = [x.position(point.x), y.position(clamped(point.y, y))];
    const hint = `${point.label ?? name}: ${x.text(point.x)}, ${y.text(point.y)}`;
    const mark = marker(i, left, top, hint);
    return point.label === undefined ? [mark] : [mark, pointLabel(point.label, left, top, frame)];
  });
}

function pointLabel(label: string, x: number, y: number, frame: Frame): Markup {
  const fits = x + 8 + textWidth(label) <= frame.right;
  const at = { class: fits ? 'note halo' : 'note end halo', x: px(fits ? x + 8 : x - 8), y: px(y + 4) };
  return element('text', at, label);
}

function clamped(value: number, { domain: [low, high] }: Scale): number {
  return Math.min(high, Math.max(low, value));
}

function isNumber(value: number | null | undefined): value is number {
  return value !== null && value !== undefined;
}
