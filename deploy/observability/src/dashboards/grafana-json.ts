import type { Dashboard, Panel, Query } from './dashboard.ts';

const width = 24;
const panelHeight = 8;
const numberHeight = 4;
const prometheus = { type: 'prometheus', uid: '${datasource}' };

/** The JSON of a dashboard as Grafana takes it from a file (schema 39, Grafana 10.2 and later). */
export function grafanaJson({ uid, title, description, rows }: Dashboard): Record<string, unknown> {
  return {
    uid,
    title: `Framegate / ${title}`,
    description,
    tags: ['framegate'],
    schemaVersion: 39,
    editable: false,
    graphTooltip: 1,
    refresh: '10s',
    time: { from: 'now-30m', to: 'now' },
    timezone: 'browser',
    links: [
      {
        type: 'dashboards',
        tags: ['framegate'],
        title: 'Framegate',
        asDropdown: false,
        keepTime: true,
        includeVars: true,
      },
    ],
    templating: { list: variables },
    panels: panelsOf(rows),
  };
}

const variables = [
  { name: 'datasource', label: 'Prometheus', type: 'datasource', query: 'prometheus' },
  {
    name: 'site',
    label: 'Site',
    type: 'query',
    datasource: prometheus,
    query: { query: 'label_values(framegate_slo_due_frames_total, site)', refId: 'site' },
    refresh: 2,
    sort: 1,
    multi: true,
    includeAll: true,
    allValue: '.*',
    current: { text: 'All', value: '$__all' },
  },
];

/** Rows from top to bottom, each under its title, its panels as wide as they can be. */
function panelsOf(rows: Dashboard['rows']): Record<string, unknown>[] {
  const panels: Record<string, unknown>[] = [];
  let y = 0;
  for (const row of rows) {
    panels.push({
      id: panels.length + 1,
      type: 'row',
      title: row.title,
      collapsed: false,
      gridPos: { x: 0, y, w: width, h: 1 },
      panels: [],
    });
    y += 1;
    const height = row.panels.every(({ kind }) => kind === 'number') ? numberHeight : panelHeight;
    const w = Math.floor(width / row.panels.length);
    for (const [index, panel] of row.panels.entries())
      panels.push({ id: panels.length + 1, gridPos: { x: index * w, y, w, h: height }, ...panelJson(panel) });
    y += height;
  }
  return panels;
}

const types = {
  lines: 'timeseries',
  stacked: 'timeseries',
  number: 'stat',
  table: 'table',
  heatmap: 'heatmap',
};

function panelJson(panel: Panel): Record<string, unknown> {
  const { kind, title, about, unit, queries } = panel;
  return {
    type: types[kind],
    title,
    description: about,
    datasource: prometheus,
    targets: queries.map((one, index) => target(one, index, kind)),
    fieldConfig: {
      defaults: { unit, min: kind === 'heatmap' ? undefined : 0, ...thresholds(panel), custom: custom(kind) },
      overrides: [],
    },
    options: options(kind),
    ...(kind === 'table'
      ? {
          transformations: [
            { id: 'labelsToFields', options: {} },
            { id: 'merge', options: {} },
          ],
        }
      : {}),
  };
}

function target({ expr, legend }: Query, index: number, kind: Panel['kind']): Record<string, unknown> {
  return {
    refId: String.fromCodePoint('A'.codePointAt(0)! + index),
    datasource: prometheus,
    expr,
    legendFormat: legend === '' ? '__auto' : legend,
    // Points that lead to traces.
    exemplar: kind === 'lines' && expr.includes('_bucket'),
    instant: kind === 'table' || kind === 'number',
    range: kind !== 'table' && kind !== 'number',
    format: kind === 'heatmap' ? 'heatmap' : kind === 'table' ? 'table' : 'time_series',
  };
}

function thresholds({ warnFrom }: Panel): Record<string, unknown> {
  if (!warnFrom) return {};
  const [orange, red] = warnFrom;
  const steps =
    orange <= red
      ? [
          { color: 'green', value: null },
          { color: 'orange', value: orange },
          { color: 'red', value: red },
        ]
      : [
          { color: 'red', value: null },
          { color: 'orange', value: red },
          { color: 'green', value: orange },
        ];
  return { color: { mode: 'thresholds' }, thresholds: { mode: 'absolute', steps } };
}

function custom(kind: Panel['kind']): Record<string, unknown> {
  if (kind === 'stacked') return { fillOpacity: 60, lineWidth: 0, stacking: { mode: 'normal', group: 'A' } };
  return kind === 'lines' ? { fillOpacity: 5, lineWidth: 1, showPoints: 'never' } : {};
}

function options(kind: Panel['kind']): Record<string, unknown> {
  if (kind === 'number')
    return { reduceOptions: { calcs: ['lastNotNull'] }, colorMode: 'background', textMode: 'auto' };
  if (kind === 'heatmap')
    return { calculate: false, yAxis: { unit: 'short' }, color: { scheme: 'Oranges', mode: 'scheme' } };
  if (kind === 'table') return { showHeader: true };
  return {
    legend: { displayMode: 'table', placement: 'bottom', calcs: ['lastNotNull', 'max'] },
    tooltip: { mode: 'multi', sort: 'desc' },
  };
}
