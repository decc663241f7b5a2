import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dashboardFiles, dashboardFolder } from '../scripts/dashboard-files.ts';
import { dashboards } from '../src/dashboards/all-dashboards.ts';

describe('the dashboards', () => {
  it('are in the folder that Grafana reads, as the code has them, and no others', () => {
    const files = dashboardFiles();
    for (const { path, text } of files)
      expect(readFileSync(path, 'utf8'), 'run node deploy/observability/scripts/generate.ts').toBe(text);
    const found = globSync('*.json', { cwd: dashboardFolder }).toSorted();
    expect(found).toEqual(files.map(({ path }) => basename(path)).toSorted());
  });

  it('have addresses of their own, and panels that each say what they show', () => {
    const all = Object.values(dashboards);
    expect(new Set(all.map(({ uid }) => uid)).size).toBe(all.length);
    for (const { rows } of all) {
      const panels = rows.flatMap((row) => row.panels);
      expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
      for (const panel of panels) expect(panel.about, panel.title).toMatch(/\.$/);
    }
  });
});
