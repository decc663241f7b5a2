import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KafkaConnection } from '@framegate/message-bus-kafka';
import { createKafkaBus, parseKafkaEnvironment } from '@framegate/message-bus-kafka';
import { renderPage } from '@framegate/report-page';
import type { Cluster } from '@framegate/scaling';
import { readKubeconfig } from '@framegate/scaling';
import { ConfigError } from '@framegate/service-kit';
import { Command, InvalidArgumentError } from 'commander';
import { applyExperiment } from './cluster/apply-experiment.ts';
import { validateAll } from './cluster/validate-all.ts';
import { listenForInterruption } from './interruption.ts';
import { whyNotLocal } from './local/why-not-local.ts';
import type { PlannedFault, ReadExperiment } from './read-experiment.ts';
import { experimentNames, readExperiment } from './read-experiment.ts';
import { chaosPage } from './report/chaos-page.ts';
import type { ChaosReport, Measured } from './report/chaos-report.ts';
import { runExperiment } from './run-experiment.ts';
import { table } from './table.ts';

interface ClusterFlags {
  readonly context: string;
  readonly kubeconfig?: string;
  readonly namespace?: string;
}

interface ApplyFlags extends ClusterFlags {
  readonly site: string;
  readonly prometheus?: URL;
  readonly seed: number;
  readonly out: string;
}

interface RunFlags {
  readonly seed: number;
  readonly out: string;
  readonly compare?: true;
}

const interruption = listenForInterruption(say);

const program = new Command('chaos')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .description('Fault experiments: what is promised, what is broken on purpose, and what held.')
  .addHelpText(
    'after',
    `
Each experiment is a folder of chaos/experiments: experiment.yaml, and its faults as Chaos Mesh resources.
"run" needs Java 17 and Maven for the broker, and redis-server where an experiment has a Redis.

Exit codes: 0 every statement holds; 1 one does not; 2 wrong use, or a fault that this machine can't reproduce.

Examples:
  $ pnpm chaos list
  $ pnpm chaos run broker-away
  $ pnpm chaos run all --out reports/chaos
  $ pnpm chaos apply inference-killed --context production --namespace framegate`,
  );
program
  .command('list')
  .description('name all experiments')
  .action(() => {
    let total = 0;
    for (const name of experimentNames()) {
      const { experiment, faults, walk } = readExperiment(name);
      const refused = [...walk, ...faults].flatMap(({ resource }) => whyNotLocal(resource) ?? []);
      const { title, durationSeconds } = experiment;
      total += durationSeconds;
      const seconds = `${durationSeconds} s`.padStart(6);
      say(`${name.padEnd(20)} ${seconds}  ${title}${refused.length > 0 ? ' (cluster only)' : ''}`);
    }
    say(`${'all'.padEnd(20)} ${`${total} s`.padStart(6)}  and what starting and coming to rest take`);
  });
program
  .command('run')
  .description('run one on this machine, or all; prints which statements hold')
  .argument('<name>', 'an experiment, or all')
  .option('--seed <number>', 'of what is random', wholeNumber, 1)
  .option('--out <folder>', 'where the reports go', join('reports', 'chaos'))
  .option('--compare', 'runs each without a controller, too, and shows both side by side')
  .action(async (name: string, flags: RunFlags) => {
    const names = name === 'all' ? experimentNames() : [name];
    const experiments = names.map((each) => readExperiment(each));
    mkdirSync(flags.out, { recursive: true });
    const reports = [];
    for (const read of experiments) {
      say(`== ${read.name}: ${read.experiment.title}`);
      const ran = await runOne(read, flags.seed);
      if (!ran) continue;
      const { report, measured } = ran;
      const alone = flags.compare && (await runOne(withoutController(read), flags.seed))?.report;
      const command = `run ${read.name} --seed ${flags.seed}${alone ? ' --compare' : ''}`;
      writeReport(flags.out, read, { report, measured, command, alone });
      reports.push(report);
    }
    conclude(reports, flags.out);
  });
program
  .command('apply')
  .description('run one on a cluster that has Framegate and Chaos Mesh, by the same files and statements')
  .argument('<name>', 'an experiment')
  .requiredOption('--context <name>', 'of the kubeconfig')
  .option('--kubeconfig <file>', 'default: KUBECONFIG, else ~/.kube/config')
  .option('--namespace <name>', 'where Framegate is installed; default: that of the context')
  .option('--site <name>', 'of the edge there', 'north')
  .option('--prometheus <url>', 'measures what is on time and what is spooled, instead of the topics', url)
  .option('--seed <number>', 'of what is random', wholeNumber, 1)
  .option('--out <folder>', 'where the report goes', join('reports', 'chaos'))
  .addHelpText(
    'after',
    `
The topics are read from KAFKA_BROKERS (with the KAFKA_… variables of the services), so the broker must be reachable from
here. For exact books the edge is stopped before and after the experiment, for as long as an audit of the topics takes.
What the cluster can't do or show is refused by name before anything is done to it. Ctrl-C takes the faults back.

Example:
  $ kubectl --context production port-forward service/prometheus 9090 &
  $ KAFKA_BROKERS=kafka.example.org:30094 pnpm chaos apply inference-killed --context production \\
      --namespace framegate --prometheus http://127.0.0.1:9090`,
  )
  .action(async (name: string, flags: ApplyFlags) => {
    const read = readExperiment(name);
    const cluster = clusterOf(flags);
    const kafka = (): KafkaConnection => parseKafkaEnvironment(process.env);
    const { report, measured } = await applyExperiment(read, {
      ...flags,
      cluster,
      namespace: flags.namespace ?? cluster.namespace,
      openBus: () => createKafkaBus({ ...kafka(), clientId: 'chaos' }),
      full: process.env['FRAMEGATE_FULL'] === '1',
      say,
      signal: interruption.listen('taking the faults back; a second signal leaves them'),
    });
    mkdirSync(flags.out, { recursive: true });
    const command = `apply ${name} --context ${flags.context} --seed ${flags.seed}`;
    writeReport(flags.out, read, { report, measured, command });
    conclude([report], flags.out);
  });
program
  .command('validate')
  .description('hold all resources against the definitions of Chaos Mesh on a cluster; nothing is created')
  .requiredOption('--context <name>', 'of the kubeconfig')
  .option('--kubeconfig <file>', 'default: KUBECONFIG, else ~/.kube/config')
  .option('--namespace <name>', 'default: that of the context')
  .action(async (flags: ClusterFlags) => {
    const cluster = clusterOf(flags);
    const { valid, refused } = await validateAll(cluster, flags.namespace ?? cluster.namespace);
    refused.forEach(say);
    say(`${valid} resources are valid, ${refused.length} are not`);
    if (refused.length > 0) process.exitCode = 1;
  });

interface Ran {
  readonly report: ChaosReport;
  readonly measured: Measured;
  readonly command: string;
  readonly alone?: ChaosReport | undefined;
}

function writeReport(out: string, read: ReadExperiment, { report, measured, command, alone }: Ran): void {
  writeFileSync(join(out, `${read.name}.json`), `${JSON.stringify(report, null, 2)}\n`);
  const page = chaosPage(read, report, measured, { command, alone });
  writeFileSync(join(out, `${read.name}.html`), renderPage(page));
  for (const { says, field, expected, measured: value, holds } of report.results)
    say(`${holds ? 'holds ' : 'FAILS '} ${says} (${field}: ${value}, expected ${expected})`);
}

function conclude(reports: readonly ChaosReport[], out: string): void {
  process.stdout.write(`\n${table(reports)}\nreports: ${out}\n`);
  if (reports.some(({ results }) => results.some(({ holds }) => !holds))) process.exitCode = 1;
}

function clusterOf({ context, kubeconfig = process.env['KUBECONFIG'] }: ClusterFlags): Cluster {
  return readKubeconfig(kubeconfig || join(homedir(), '.kube', 'config'), context);
}

async function runOne(
  read: ReadExperiment,
  seed: number,
): Promise<Awaited<ReturnType<typeof runExperiment>> | undefined> {
  const folder = mkdtempSync(join(tmpdir(), `framegate-chaos-${read.name}-`));
  const full = process.env['FRAMEGATE_FULL'] === '1';
  try {
    return await runExperiment(read, { seed, folder, say, full });
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    say(`FAILS  it did not come to its end: ${String(error)}; its logs are in ${folder}`);
    process.exitCode = 1;
    return undefined;
  }
}

function withoutController(read: ReadExperiment): ReadExperiment {
  say('the same without a controller');
  const isOfController = ({ resource }: PlannedFault): boolean =>
    'selector' in resource.spec && JSON.stringify(resource.spec.selector).includes('controller');
  const { experiment } = read;
  return {
    ...read,
    faults: read.faults.filter((fault) => !isOfController(fault)),
    experiment: { ...experiment, start: { ...experiment.start, controllers: 0 } },
  };
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('expected a whole number.');
  return value;
}

function url(text: string): URL {
  if (!/^https?:/.test(text) || !URL.canParse(text)) throw new InvalidArgumentError('expected http://….');
  return new URL(text);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

try {
  await program.parseAsync();
} catch (error) {
  if (interruption.happened) process.exit(130);
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof ConfigError ? 2 : 1;
}
// Connections of a broker that is gone would keep the process for a while.
process.exit();
