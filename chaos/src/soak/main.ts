import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderPage } from '@framegate/report-page';
import { ConfigError } from '@framegate/service-kit';
import { Command, InvalidArgumentError } from 'commander';
import type { ProcessSample } from './process-sample.ts';
import { listenForInterruption } from '../interruption.ts';
import { runSoak } from './run-soak.ts';
import { soakPage } from './soak-page.ts';
import { growthText, soakReport } from './soak-report.ts';

interface Flags {
  readonly hours: number;
  readonly seed: number;
  readonly out: string;
}

const program = new Command('soak')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .description(
    'Eight cameras for hours, with a fault at random each few minutes: what grows, drifts or is lost.',
  )
  .option('--hours <number>', 'how long; growth is judged from half an hour on', hoursOf, 2)
  .option('--seed <number>', 'of the faults', seedOf, 1)
  .option('--out <folder>', 'where the report goes', join('reports', 'soak'))
  .addHelpText(
    'after',
    '\nNeeds Linux, Java 17, Maven and redis-server. Exit codes: 0 all holds; 1 something does not; 2 wrong use;\n130 interrupted: once, it still reports the time so far.',
  );

const interruption = listenForInterruption(say);
const onEarlyEnd = () =>
  interruption.listen('ending early, with a report of the time so far; a second signal leaves without one');
try {
  await program.parseAsync();
  const { hours, seed, out } = program.opts<Flags>();
  const folder = mkdtempSync(join(tmpdir(), 'framegate-soak-'));
  say(`logs: ${folder}`);
  mkdirSync(out, { recursive: true });
  const samples = join(out, 'samples.jsonl');
  rmSync(samples, { force: true });
  const keep = (sample: ProcessSample): void => appendFileSync(samples, `${JSON.stringify(sample)}\n`);
  const measured = await runSoak({ hours, seed, folder, say, keep, onEarlyEnd });
  const report = soakReport(measured);
  writeFileSync(join(out, 'soak.json'), `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(join(out, 'soak.html'), renderPage(soakPage(report, measured)));
  for (const { says, measured: value, expected, holds } of report.results)
    say(`${holds ? 'holds ' : 'FAILS '} ${says} (${value}, expected ${expected})`);
  growthText(report).forEach(say);
  say(`report: ${out}`);
  if (interruption.happened) process.exitCode = 130;
  else if (report.results.some(({ holds }) => !holds)) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof ConfigError ? 2 : 1;
}
process.exit();

function hoursOf(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 1000)) throw new InvalidArgumentError('expected hours, such as 2 or 0.1.');
  return value;
}

function seedOf(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(value))
    throw new InvalidArgumentError('expected a whole number, such as 1.');
  return value;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
