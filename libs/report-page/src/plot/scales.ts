import { format } from 'd3-format';
import { scaleLinear, scaleLog } from 'd3-scale';
import type { Axis } from './plot.ts';
import { timeText, timeTicks } from './time-ticks.ts';

/** From values to pixels, with the values to write at the axis. */
export interface Scale {
  readonly domain: readonly [number, number];
  position(value: number): number;
  ticks(count: number): number[];
  text(value: number): string;
}

/**
 * @param values all that must fit where the axis names no domain
 * @param range pixels of the domain's ends
 */
export function scaleOf(
  axis: Axis,
  values: readonly number[],
  range: readonly [number, number],
  options: { readonly fromZero: boolean; readonly nice: boolean },
): Scale {
  const domain = axis.domain ?? domainOf(axis, values, options.fromZero);
  if (axis.scale === 'log') return logScale(axis, domain, range, values);
  const scale = scaleLinear().domain(domain).range(range);
  if (options.nice && axis.domain === undefined && axis.scale !== 'time') scale.nice();
  const [from = 0, to = 1] = scale.domain();
  const text = axis.format === undefined ? scale.tickFormat(6) : format(axis.format);
  const isTime = axis.scale === 'time';
  return {
    domain: [from, to],
    position: (value) => scale(value),
    ticks: (count) => (isTime ? timeTicks([from, to], count) : scale.ticks(count)),
    text: isTime ? timeText : text,
  };
}

/** What is not above 0 has no place on a logarithmic axis: it is drawn at its lower end. */
function logScale(
  axis: Axis,
  domain: readonly [number, number],
  range: readonly [number, number],
  values: readonly number[],
): Scale {
  const smallest = values.reduce((least, value) => (value > 0 && value < least ? value : least), Infinity);
  const from = domain[0] > 0 ? domain[0] : Math.min(smallest, domain[1] > 0 ? domain[1] / 10 : 1);
  const to = domain[1] > from ? domain[1] : from * 10;
  const scale = scaleLog().domain([from, to]).range(range);
  if (axis.domain === undefined) scale.nice();
  const [low = from, high = to] = scale.domain();
  const write = format(axis.format ?? '~g');
  return {
    domain: [low, high],
    position: (value) => scale(Math.max(value, low)),
    ticks: (count) => thinned(scale.ticks(count), count),
    text: write,
  };
}

/** `ticks` of a logarithmic scale are all its digits when they are few decades: keep 1, 2 and 5, or 1 alone. */
function thinned(ticks: readonly number[], count: number): number[] {
  const leading = (value: number): number => Math.round(value / 10 ** Math.floor(Math.log10(value) + 1e-9));
  const kept = [[1, 2, 5], [1, 3], [1]].map((digits) =>
    ticks.filter((tick) => digits.includes(leading(tick))),
  );
  return kept.find((some) => some.length >= 2 && some.length <= count + 1) ?? [...ticks];
}

function domainOf(axis: Axis, values: readonly number[], fromZero: boolean): [number, number] {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return axis.scale === 'log' ? [1, 10] : [0, 1];
  const least = finite.reduce((a, b) => Math.min(a, b));
  const most = finite.reduce((a, b) => Math.max(a, b));
  const low = fromZero && axis.scale !== 'log' ? Math.min(0, least) : least;
  const high = fromZero && axis.scale !== 'log' ? Math.max(0, most) : most;
  // Too close for their difference to be divided into ticks.
  const flat = high - low <= 1e-12 + 1e-9 * Math.max(Math.abs(low), Math.abs(high));
  return flat ? [low, low + Math.max(1, Math.abs(low))] : [low, high];
}
