import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderPage } from '@framegate/report-page';
import { ConfigError } from '@framegate/service-kit';
import { Command, InvalidArgumentError } from 'commander';
import { whyNotLocal } from './local/why-not-local.ts';
import type { PlannedFault, ReadExperiment } from './read-experiment.ts';
import { experimentNames, readExperiment } from './read-experiment.ts';
import { chaosPage } from './report/chaos-page.ts';
import { runExperiment } from './run-experiment.ts';
import { table } from './table.ts';

interface RunFlags {
  readonly seed: number;
  readonly out: string;
  readonly compare?: true;
}

const program = new Command('chaos')
  .description('Fault experiments: what is promised, what is broken on purpose, and what held.')
  .addHelpText(
    'after',
    `
Each experiment is a folder of chaos/experiments: experiment.yaml, and its faults as Chaos Mesh resources.
Needs Java 17 and Maven for the broker, and redis-server where an experiment has a Redis.

Exit codes: 0 every statement holds; 1 one does not; 2 wrong use, or a fault that this machine can't reproduce.

Examples:
  $ pnpm chaos list
  $ pnpm chaos run broker-away
  $ pnpm chaos run all --out reports/chaos`,
  );
program
  .command('list')
  .description('name all experiments')
  .action(() => {
    for (const name of experimentNames()) {
      const { experiment, faults, walk } = readExperiment(name);
      const resources = [...walk, ...faults.map(({ resource }) => resource)];
      const refused = resources.flatMap((resource) => whyNotLocal(resource) ?? []);
      process.stdout.write(
        `${name.padEnd(22)} ${experiment.title}${refused.length > 0 ? ' (cluster only)' : ''}\n`,
      );
    }
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
      writeFileSync(join(flags.out, `${read.name}.json`), `${JSON.stringify(report, null, 2)}\n`);
      writeFileSync(
        join(flags.out, `${read.name}.html`),
        renderPage(chaosPage(read, report, measured, alone)),
      );
      for (const { says, field, expected, measured: value, holds } of report.results)
        say(`${holds ? 'holds ' : 'FAILS '} ${says} (${field}: ${value}, expected ${expected})`);
      reports.push(report);
    }
    process.stdout.write(`\n${table(reports)}\nreports: ${flags.out}\n`);
    if (reports.some(({ results }) => results.some(({ holds }) => !holds))) process.exitCode = 1;
  });

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

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

// Leaving through `exit` takes the processes along that were started.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof ConfigError ? 2 : 1;
}
// Connections of a broker that is gone would keep the process for a while.
process.exit();
