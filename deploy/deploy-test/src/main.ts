import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { whyNoTestBroker } from '@framegate/kafka-local';
import { ConfigError } from '@framegate/service-kit';
import { tryCluster } from './cluster-trial.ts';
import { tryCompose } from './compose-trial.ts';
import { findHelm } from './helm-program.ts';
import { checkImages } from './images.ts';
import { missingCluster, missingEngine } from './prerequisites.ts';
import { createTranscript, type Transcript } from './transcript.ts';
import { validateCharts } from './validate-charts.ts';
import { tryVersions } from './version-trial.ts';

const root = join(import.meta.dirname, '../../..');
const usage = `Runs Framegate as it is deployed, and says what came of it.

  pnpm deploy:test images [--built]    builds the images: sizes, users, nothing that a service does not need
  pnpm deploy:test compose [--built]   docker-compose.yml on this engine: up, kills, scaling, down, the ledger

  pnpm deploy:test versions [--older REF]   services of this version beside those of an older one (HEAD~1), as processes
                                       on one broker: each upgraded and taken back, the ledger

  pnpm deploy:test validate            both charts checked by the API server of a cluster; nothing is created
  pnpm deploy:test helm [--built]      both charts on a cluster of two nodes: cut link, power-off, a load, scaling by the
                                       controller, upgrade, the ledger
  pnpm deploy:test helm --site-kubeconfig FILE   the same on two clusters, that of the site in FILE
  pnpm deploy:test helm --experiments NAME,NAME  the same, and fault experiments by the cluster's Chaos Mesh in between

--built takes the images that are there, on the engine or on the nodes. images and compose need a Docker engine; versions
needs Java and Maven; helm needs helm, kubectl and a cluster whose nodes have the labels framegate.io/tier=cloud and
=edge, with the images.
`;

const flags = {
  built: { type: 'boolean', default: false },
  'site-kubeconfig': { type: 'string' },
  experiments: { type: 'string' },
  older: { type: 'string', default: 'HEAD~1' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

async function main(args: readonly string[]): Promise<number> {
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const { values, positionals } = parseArgs({ args: [...args], options: flags, allowPositionals: true });
  const [command, ...more] = positionals;
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const transcript = createTranscript(say, () => performance.now());
  const trial = trials[command ?? ''];
  if (!trial || more.length > 0) {
    process.stderr.write(`${positionals.join(' ') || 'nothing'}: no such trial\n${usage}`);
    return 2;
  }
  const missing = await trial.missing();
  if (missing !== undefined) {
    say(missing);
    return 1;
  }
  const experiments = values.experiments?.split(',');
  await trial.run(
    { isBuilt: values.built, siteKubeconfig: values['site-kubeconfig'], experiments, older: values.older },
    transcript,
  );
  return 0;
}

interface Trial {
  /** What this machine lacks for it, and what to do. */
  missing(): Promise<string | undefined>;
  run(options: TrialOptions, transcript: Transcript): Promise<void>;
}

interface TrialOptions {
  readonly isBuilt: boolean;
  readonly siteKubeconfig: string | undefined;
  readonly experiments: readonly string[] | undefined;
  readonly older: string;
}

const trials: Readonly<Record<string, Trial | undefined>> = {
  images: {
    missing: missingEngine,
    run: ({ isBuilt }, transcript) => checkImages(root, { tag: '0.1.0', isBuilt }, transcript),
  },
  compose: {
    missing: missingEngine,
    run: ({ isBuilt }, transcript) => tryCompose(root, isBuilt, transcript),
  },
  versions: {
    missing: async () => whyNoTestBroker(),
    run: ({ older }, transcript) => tryVersions(root, older, transcript),
  },
  validate: {
    missing: missingCluster,
    run: (_, transcript) => validateCharts(root, findHelm(process.env) ?? 'helm', transcript),
  },
  helm: {
    missing: missingCluster,
    run: ({ isBuilt, siteKubeconfig, experiments }, transcript) =>
      tryCluster(
        root,
        { helm: findHelm(process.env) ?? 'helm', hasImages: isBuilt, siteKubeconfig, experiments },
        transcript,
      ),
  },
};

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const isMisused =
    error instanceof ConfigError ||
    (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));
  process.stderr.write(`FAILED: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = isMisused ? 2 : 1;
}
