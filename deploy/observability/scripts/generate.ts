import { writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { startWatchedRun } from '../test/watched-run-fixture.ts';
import { describeRun, metricsFile } from './metrics-file.ts';

/** Writes what is generated here: docs/metrics.md. */
const run = await startWatchedRun();
const page = await describeRun(run);
await run.close();
writeFileSync(metricsFile, await format(page, { ...(await resolveConfig(metricsFile)), parser: 'markdown' }));
process.exit(0);
