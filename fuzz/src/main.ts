import { Command, InvalidArgumentError } from 'commander';
import { keepCrash } from './keep-crash.ts';
import { randomOf } from './random.ts';
import { runTarget } from './run-target.ts';
import type { TargetResult } from './run-target.ts';
import type { Target } from './target.ts';
import { targets } from './targets/index.ts';

interface Flags {
  readonly inputs: number;
  readonly seed: number;
  readonly only?: string;
}

const program = new Command('fuzz')
  .description("Puts broken inputs into every boundary that strangers' bytes reach.")
  .option('--inputs <number>', 'in all, shared among the targets', wholeNumber, 1_000_000)
  .option('--seed <number>', 'of the inputs; the same seed gives the same ones', wholeNumber, 1)
  .option('--only <targets>', `some of: ${targets.map(({ name }) => name).join(', ')}`)
  .addHelpText(
    'after',
    `
An input may be taken or refused in the words that are meant for it. Anything else is a crash, more than a second (5 s
where a server or a model answers, 10 s for a camera) a hang, more than 1 GiB too much memory. What broke is kept in
fuzz/kept and tried again by the tests. Exit codes: 0 nothing broke; 1 something did.`,
  );

await program.parseAsync();
const { inputs, seed, only } = program.opts<Flags>();
const names = only?.split(',');
const chosen = targets.filter(({ name }) => names === undefined || names.includes(name));
const shares = chosen.reduce((sum, { share }) => sum + share, 0);
say(`seed ${seed}`);
const results: TargetResult[] = [];
for (const target of chosen) {
  const result = await runTarget(target, seed, Math.ceil((inputs * target.share) / shares));
  results.push(result);
  const { taken, refused, crashes, seconds } = result;
  const share = Number(((100 * target.share) / shares).toPrecision(2));
  say(
    `${target.name.padEnd(12)} ${result.inputs} inputs (${share} %): ${taken} taken, ${refused} refused, ${crashes.length} crashed, ${seconds.toFixed(1)} s`,
  );
  await keepAll(target, result);
}
say(`${results.reduce((sum, result) => sum + result.inputs, 0)} inputs`);
process.exit(results.some(({ crashes }) => crashes.length > 0) ? 1 : 0);

async function keepAll(target: Target, { crashes }: TargetResult): Promise<void> {
  if (crashes.length === 0) return;
  const { make, close } = await target.open();
  for (const { index, error } of crashes) {
    const kept = index < 0 ? 'no input' : keepCrash(target.name, error, make(randomOf(seed, index)));
    say(`  input ${index} (${kept}): ${error}`);
  }
  await close();
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError('expected a whole number from 1.');
  return value;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
