import { join } from 'node:path';
import { needFullRun } from '@framegate/test-kit';
import { expect, it } from 'vitest';
import { tryCluster } from '../src/cluster-trial.ts';
import { findHelm } from '../src/helm-program.ts';
import { missingCluster } from '../src/prerequisites.ts';
import { createTranscript } from '../src/transcript.ts';
import { validateCharts } from '../src/validate-charts.ts';

const root = join(import.meta.dirname, '../../..');
const isSelected = needFullRun('both charts on a cluster of two nodes');
const missing = isSelected ? await missingCluster() : undefined;
if (missing !== undefined) console.info(`skipped: ${missing}`);

it.skipIf(!isSelected || missing !== undefined)(
  'the charts carry frames from an edge to a cloud through a cut link, a power-off and an upgrade, and leave nothing',
  { timeout: 3_600_000 },
  async () => {
    const transcript = createTranscript(console.info, () => performance.now());
    await validateCharts(root, findHelm(process.env) ?? 'helm', transcript);
    await tryCluster(root, { helm: findHelm(process.env) ?? 'helm', hasImages: false }, transcript);
    expect(transcript.figures.get('frames lost')).toBe('0');
    expect(transcript.figures.get('frames doubled')).toBe('0');
  },
);
