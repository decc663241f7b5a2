import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';

const details = `
Every scenario is run with every policy and every seed, in virtual time, on all cores. The same seed brings the same
motion, sizes and weather to each policy, so they are compared seed by seed. Names may have a star: "small-*".

Columns of the table: means over the seeds, and in brackets the 95 % interval (bootstrap over the seeds).
  violations   (camera, second) pairs whose trailing 2 s p95 was above the objective, or that had no result
  recovery     seconds until results were in time again after a change of conditions, 95th percentile
  useful       on-time results, each worth the accuracy of its setting
  regret       share of the clairvoyant's net utility that was missed (small scenarios)
  worst        on-time share of the worst camera
  avoidable    under the table: our violation-seconds less the clairvoyant's over those of each adaptive
               baseline; it counts where that delivers at least 0.9 times our useful frames

Exit codes: 0 done; 1 something failed while running; 2 a wrong option; 130 interrupted.

Examples:
  $ framegate simulate                                              all scenarios and policies, five seeds
  $ framegate simulate --list                                       what there is
  $ framegate simulate --scenarios "uplink-*,lte" --seeds 101-120 --html report.html --json report.json
  $ framegate simulate --scenarios outage --policies framegate,awstream --seeds 7`;

export interface SimulateFlags {
  readonly scenarios: readonly string[];
  readonly policies: readonly string[];
  readonly seeds: readonly number[];
  readonly json?: string;
  readonly html?: string;
  readonly svg?: string;
  readonly threads: number;
  readonly list: boolean;
}

/** `framegate simulate`: controllers against the same weather, in virtual time. */
export function registerSimulate(program: Command): void {
  program
    .command('simulate')
    .description('compare controllers over simulated scenarios: what each promises, keeps and costs')
    .option('--scenarios <names>', 'separated by commas', names, ['*'])
    .option('--policies <names>', 'separated by commas', names, ['*'])
    .option('--seeds <numbers>', 'as 101-120 or 1,5,9', seeds, [101, 102, 103, 104, 105])
    .option('--json <file>', 'a framegate.report/1 document')
    .option('--html <file>', 'a page with plots, decisions and the table')
    .option('--svg <file>', 'the latencies of the first scenario, one line for each policy')
    .option('--threads <number>', 'worker threads', threads, availableParallelism())
    .option('--list', 'list scenarios and policies', false)
    .addHelpText('after', details)
    .action(async (flags: SimulateFlags) => {
      const { runSimulate } = await import('./run-simulate.ts');
      process.exitCode = await runSimulate(flags, process.stdout, process.stderr);
    });
}

function names(text: string): string[] {
  const list = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (list.length === 0) throw new InvalidArgumentError('Expected names such as outage,lte.');
  return list;
}

const maxSeeds = 1000;

function seeds(text: string): number[] {
  const parts = text.split(',').map((part) => /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(part.trim()));
  const list = parts.flatMap((match) => {
    if (!match) throw new InvalidArgumentError('Expected seeds such as 101-120 or 1,5,9.');
    const [from, to] = [Number(match[1]), Number(match[2] ?? match[1])];
    if (to < from || to - from >= maxSeeds)
      throw new InvalidArgumentError(`${match[0]}: expected a rising range of at most ${maxSeeds} seeds.`);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
  return [...new Set(list)];
}

function threads(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new InvalidArgumentError('Expected a whole number from 1 to 999.');
  return Number(text);
}
