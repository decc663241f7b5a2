import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';

const details = `
Without a profile, objectives are held against the file alone; a profile (framegate profile) also tells which of them
no setting can reach. Levers are held against this machine: no more inference workers than it has cores.

Exit codes: 0 it holds; 2 it has mistakes, each told with its line and column.

Examples:
  $ framegate slo check slo.yaml
  $ framegate slo check slo.yaml --profile profile.json
  $ framegate slo check slo.yaml --cores 8 --partitions 16 --json`;

export interface SloCheckFlags {
  readonly profile?: string;
  readonly cores?: number;
  readonly partitions?: number;
  readonly json: boolean;
}

/** `framegate slo`: the declaration of service level objectives. */
export function registerSlo(program: Command): void {
  const slo = program
    .command('slo')
    .description('the declaration of what is promised and what may be moved')
    .addHelpText('after', details);
  slo
    .command('check')
    .description('tell every mistake of a declaration, and objectives that nothing can reach')
    .argument('<file>', 'the declaration, as slo.yaml')
    .option('--profile <file>', 'what settings cost and are worth, as JSON')
    .option('--cores <number>', 'of the machine that infers; default: those of this one', count)
    .option('--partitions <number>', 'of the frames: no more replicas than these', count)
    .option('--json', 'as JSON', false)
    .addHelpText('after', details)
    .action(async (file: string, flags: SloCheckFlags) => {
      const { runSloCheck } = await import('./run-check.ts');
      process.exitCode = runSloCheck(file, flags, process.stdout, process.stderr);
    });
}

function count(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('Expected a whole number from 1.');
  return Number(text);
}
