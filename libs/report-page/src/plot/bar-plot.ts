import { scaleBand } from 'd3-scale';
import type { Markup } from '../markup.ts';
import { element, fragment } from '../markup.ts';
import { groupNames, yAxis } from './axes.ts';
import type { Frame } from './frame.ts';
import { px } from './frame.ts';
import { seriesClass } from './look.ts';
import { thresholdMarks } from './overlays.ts';
import type { BarPlot, BarValue } from './plot.ts';
import type { Scale } from './scales.ts';
import { scaleOf } from './scales.ts';

export function drawBars(plot: BarPlot, frame: Frame): Markup {
  const values = plot.series.flatMap((series) => series.values.filter((value) => value !== null));
  const needed = values.flatMap(({ value, low = value, high = value }) => [value, low, high]);
  const limits = (plot.thresholds ?? []).map(({ at }) => at);
  const y = scaleOf(plot.y, [...needed, ...limits], [frame.bottom, frame.top], {
    fromZero: true,
    nice: true,
  });
  const groups = scaleBand<number>().domain(plot.groups.keys()).range([frame.left, frame.right]).padding(0.2);
  const bars = scaleBand<number>().domain(plot.series.keys()).range([0, groups.bandwidth()]).padding(0.08);
  const baseline = px(y.position(Math.max(y.domain[0], Math.min(0, y.domain[1]))));
  return fragment(
    yAxis(plot.y, y, frame),
    plot.series.map(({ label, values: ofSeries }, i) =>
      ofSeries.map((value, group) => {
        if (value === null) return null;
        const left = (groups(group) ?? 0) + (bars(i) ?? 0);
        const hint = `${label}, ${plot.groups[group] ?? ''}: ${y.text(value.value)}`;
        return [
          bar(value, i, { left, width: bars.bandwidth(), baseline, y, hint }),
          whisker(value, left + bars.bandwidth() / 2, y),
        ];
      }),
    ),
    element('line', { class: 'rule', x1: frame.left, x2: frame.right, y1: baseline, y2: baseline }),
    groupNames(plot.groups, (i) => (groups(i) ?? 0) + groups.bandwidth() / 2, frame),
    thresholdMarks(plot.thresholds ?? [], { y }, frame),
  );
}

interface BarPlace {
  readonly left: number;
  readonly width: number;
  readonly baseline: number;
  readonly y: Scale;
  readonly hint: string;
}

function bar({ value }: BarValue, i: number, { left, width, baseline, y, hint }: BarPlace): Markup {
  const end = y.position(value);
  const area = {
    class: `bar ${seriesClass(i)}`, x: px(left), y: px(Math.min(end, baseline)),
    width: px(width), height: px(Math.abs(end - baseline)),
  }; // prettier-ignore
  return element('rect', area, element('title', {}, hint));
}

function whisker({ value, low, high }: BarValue, centre: number, y: Scale): Markup | null {
  if (low === undefined && high === undefined) return null;
  const [bottom, top] = [px(y.position(low ?? value)), px(y.position(high ?? value))];
  const [left, middle, right] = [px(centre - 4), px(centre), px(centre + 4)];
  return element('path', {
    class: 'whisker',
    d: `M${left},${bottom}H${right}M${middle},${bottom}V${top}M${left},${top}H${right}`,
  });
}
