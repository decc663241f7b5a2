/** What a plot shows. Values are plain numbers in the unit that the axis names. */
export type Plot = XyPlot | BarPlot | LanesPlot;

interface PlotBase {
  readonly title: string;
  /** What is to be seen in it, in a sentence: for the caption and for those who can't see the picture. */
  readonly description?: string;
}

export interface Axis {
  readonly label: string;
  /** `time`: seconds, written as m:ss. Default `linear`. */
  readonly scale?: 'linear' | 'log' | 'time';
  /** Default: what the values need; from 0 for a linear y axis. */
  readonly domain?: readonly [from: number, to: number];
  /** How a value is written, as d3-format reads it: `.0%`, `,.1f`, `~s`. */
  readonly format?: string;
}

export interface XyPlot extends PlotBase {
  readonly kind: 'xy';
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  readonly thresholds?: readonly Threshold[];
  readonly spans?: readonly Span[];
}

/** Lines in the order given; `points` alone are a scatter. */
export interface Series {
  readonly label: string;
  /** `steps`: a value holds until the next one. Default `line`. */
  readonly draw?: 'line' | 'steps' | 'points';
  readonly points: readonly PlotPoint[];
}

export interface PlotPoint {
  readonly x: number;
  /** `null` interrupts the line. */
  readonly y: number | null;
  /** Bounds of a confidence band. */
  readonly low?: number;
  readonly high?: number;
  /** Written beside a point. */
  readonly label?: string;
}

/** A line across the plot: an objective, a limit. `at` is a y value unless `axis` says x. */
export interface Threshold {
  readonly at: number;
  readonly label: string;
  readonly axis?: 'x' | 'y';
}

/** A stretch of the x axis, shaded: a fault, an event. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly label: string;
  /** Default `warning`. */
  readonly tone?: 'warning' | 'quiet';
}

export interface BarPlot extends PlotBase {
  readonly kind: 'bars';
  readonly y: Axis;
  /** One group of bars for each, left to right. */
  readonly groups: readonly string[];
  readonly series: readonly BarSeries[];
  readonly thresholds?: readonly Threshold[];
}

export interface BarSeries {
  readonly label: string;
  /** One for each group; `null` where there is none. */
  readonly values: readonly (BarValue | null)[];
}

export interface BarValue {
  readonly value: number;
  /** Ends of the error whiskers. */
  readonly low?: number;
  readonly high?: number;
}

/** What was the case when: a row for each state, bars where it held. */
export interface LanesPlot extends PlotBase {
  readonly kind: 'lanes';
  readonly x: Axis;
  readonly lanes: readonly Lane[];
}

export interface Lane {
  readonly label: string;
  readonly spans: readonly { readonly from: number; readonly to: number; readonly label?: string }[];
}
