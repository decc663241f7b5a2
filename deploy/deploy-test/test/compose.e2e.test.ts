import { join } from 'node:path';
import { needFullRun } from '@framegate/test-kit';
import { expect, it } from 'vitest';
import { tryCompose } from '../src/compose-trial.ts';
import { checkImages } from '../src/images.ts';
import { missingEngine } from '../src/prerequisites.ts';
import { createTranscript } from '../src/transcript.ts';

const root = join(import.meta.dirname, '../../..');
const isSelected = needFullRun('images and docker-compose.yml on a Docker engine');
const missing = isSelected ? await missingEngine() : undefined;
if (missing !== undefined) console.info(`skipped: ${missing}`);
const transcript = createTranscript(console.info, () => performance.now());

it.skipIf(!isSelected || missing !== undefined)(
  'docker compose brings everything up, survives kills, scales, balances its ledger and leaves nothing',
  { timeout: 3_600_000 },
  async () => {
    await checkImages(root, { tag: '0.1.0', isBuilt: false }, transcript);
    await tryCompose(root, true, transcript);
    expect(transcript.figures.get('frames lost')).toBe('0');
    expect(transcript.figures.get('frames doubled')).toBe('0');
  },
);
