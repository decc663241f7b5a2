import { writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { startWatchedRun } from '../test/watched-run-fixture.ts';
import { dashboardFiles } from './dashboard-files.ts';
import { describeRun, metricsFile } from './metrics-file.ts';

/** Writes what is generated here: the dashboards, and docs/metrics.md from services that run for a moment. */
for (const { path, text } of dashboardFiles()) writeFileSync(path, text);
const run = await startWatchedRun();
const page = await describeRun(run);
await run.close();
writeFileSync(metricsFile, await format(page, { ...(await resolveConfig(metricsFile)), parser: 'markdown' }));
process.exit(0);
