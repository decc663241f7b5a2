/** A dashboard, said in our own words; `grafana-json.ts` makes Grafana's JSON of it. */
export interface Dashboard {
  /** Part of its address; stays when the title changes. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly rows: readonly Row[];
}

/** Panels beside each other. */
export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

export interface Panel {
  readonly kind: 'lines' | 'stacked' | 'number' | 'table' | 'heatmap';
  readonly title: string;
  /** What it says, and what to do when it looks bad. */
  readonly about: string;
  readonly unit: Unit;
  readonly queries: readonly Query[];
  /** Values from which on it is coloured: orange, then red. Falling values: the good is above. */
  readonly warnFrom?: readonly [orange: number, red: number];
}

export interface Query {
  /** PromQL; `$site` is the choice at the top of the page, `$__rate_interval` is set by Grafana. */
  readonly expr: string;
  /** With labels as `{{site}}`. */
  readonly legend: string;
}

/** Grafana's names of units. */
export type Unit = 'short' | 's' | 'ms' | 'bytes' | 'Bps' | 'percentunit' | 'cps' | 'none';

/** Names of the values that one choice of the page sets. */
export const atSite = 'site=~"$site"';

export function query(expr: string, legend = ''): Query {
  return { expr: expr.replaceAll(/\s+/g, ' ').trim(), legend };
}

/** Quantiles of a histogram. @param by labels that stay beside `le` */
export function quantiles(
  metric: string,
  selector: string,
  by: readonly string[],
  shares: readonly number[] = [0.5, 0.95, 0.99],
): Query[] {
  const labels = [...by, 'le'].join(', ');
  return shares.map((share) =>
    query(
      `histogram_quantile(${share}, sum by (${labels}) (rate(${metric}_bucket{${selector}}[$__rate_interval])))`,
      [`p${share * 100}`, ...by.map((label) => `{{${label}}}`)].join(' '),
    ),
  );
}
