import { join } from 'node:path';
import { dashboards } from '../src/dashboards/all-dashboards.ts';
import { grafanaJson } from '../src/dashboards/grafana-json.ts';

export const dashboardFolder = join(import.meta.dirname, '../grafana/dashboards');

/** Paths and texts of what Grafana reads. */
export function dashboardFiles(): { readonly path: string; readonly text: string }[] {
  return Object.entries(dashboards).map(([name, dashboard]) => ({
    path: join(dashboardFolder, `${name}.json`),
    text: `${JSON.stringify(grafanaJson(dashboard), null, 2)}\n`,
  }));
}
