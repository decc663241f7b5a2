import { join } from 'node:path';
import { tryCluster } from './cluster-trial.ts';
import { tryCompose } from './compose-trial.ts';
import { findHelm } from './helm-program.ts';
import { checkImages } from './images.ts';
import { missingCluster, missingEngine } from './prerequisites.ts';
import { createTranscript, type Transcript } from './transcript.ts';
import { validateCharts } from './validate-charts.ts';

const root = join(import.meta.dirname, '../../..');
const usage = `Runs Framegate as it is deployed, and says what came of it.

  pnpm deploy:test images [--built]    builds the images: sizes, users, nothing that a service does not need
  pnpm deploy:test compose [--built]   docker-compose.yml on this engine: up, kills, scaling, down, the ledger

  pnpm deploy:test validate            both charts checked by the API server of a cluster; nothing is created
  pnpm deploy:test helm [--built]      both charts on a cluster of two nodes: cut link, power-off, a load, scaling by the
                                       controller, upgrade, the ledger

--built takes the images that are there, on the engine or on the nodes. images and compose need a Docker engine; helm needs helm, kubectl and a cluster
whose nodes have the labels framegate.io/tier=cloud and =edge, with the images.
`;

async function main([command, ...flags]: readonly string[]): Promise<number> {
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const unknown = flags.filter((flag) => flag !== '--built');
  if (command === '--help' || command === undefined || unknown.length > 0) {
    process.stdout.write(usage);
    return command === '--help' ? 0 : 2;
  }
  const isBuilt = flags.includes('--built');
  const transcript = createTranscript(say, () => performance.now());
  const trial = trials[command];
  if (!trial) {
    process.stderr.write(`${command}: no such trial\n${usage}`);
    return 2;
  }
  const missing = await trial.missing();
  if (missing !== undefined) {
    say(missing);
    return 1;
  }
  await trial.run(isBuilt, transcript);
  return 0;
}

interface Trial {
  /** What this machine lacks for it, and what to do. */
  missing(): Promise<string | undefined>;
  run(isBuilt: boolean, transcript: Transcript): Promise<void>;
}

const trials: Readonly<Record<string, Trial | undefined>> = {
  images: {
    missing: missingEngine,
    run: (isBuilt, transcript) => checkImages(root, { tag: '0.1.0', isBuilt }, transcript),
  },
  compose: { missing: missingEngine, run: (isBuilt, transcript) => tryCompose(root, isBuilt, transcript) },
  validate: {
    missing: missingCluster,
    run: (_, transcript) => validateCharts(root, findHelm(process.env) ?? 'helm', transcript),
  },
  helm: {
    missing: missingCluster,
    run: (hasImages, transcript) =>
      tryCluster(root, { helm: findHelm(process.env) ?? 'helm', hasImages }, transcript),
  },
};

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`FAILED: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
