/**
 * All benches of the page, one after the other: `pnpm bench all [--quick | --full] [--only a,b] [--results FOLDER]`
 *
 * --quick (the default) is for a look, --full takes the time that published tables need. Each bench is a program of
 * its own and leaves FOLDER/NAME.json (default bench/results, which git ignores); `pnpm bench report` makes a page of
 * them, `pnpm bench compare` tells what changed. Other work on the machine shows in the spreads: leave it alone
 * meanwhile. Exit code: 1 when one could not be measured, the others are there all the same.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { benchOptions } from './bench-options.ts';
import { benches } from './benches.ts';
import { parseReports, saveReport } from './suite/report-files.ts';
import { resultsFolder, suite } from './suite/suite.ts';

const flags = benchOptions({
  quick: { type: 'boolean', default: false },
  full: { type: 'boolean', default: false },
  only: { type: 'names', oneOf: [...suite.keys()], default: [...suite.keys()] },
  results: { type: 'string', default: resultsFolder },
});

const names = flags.only;
if (flags.quick && flags.full) {
  process.stderr.write('bench all: --quick and --full: choose one\n');
  process.exit(2);
}

async function runOne(name: string): Promise<string> {
  const program = join(import.meta.dirname, benches.get(name)?.file ?? '');
  const entry = suite.get(name);
  const options = entry?.[flags.full ? 'full' : 'quick'] ?? [];
  // Where they lie anyway needs no word: commands of a published page hold on any machine.
  const isElsewhere = flags.results !== resultsFolder;
  const others = entry?.readsOthers && isElsewhere ? ['--results', flags.results] : [];
  const child = spawn(process.execPath, [program, ...options, ...others, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  if (code !== 0) throw new Error(`ended with exit code ${code}`);
  const [report] = parseReports(output, `what \`bench ${name} --json\` printed`);
  if (!report) throw new Error('printed nothing');
  return saveReport(flags.results, report);
}

const startedMs = performance.now();
let failed = 0;
for (const [index, name] of names.entries()) {
  process.stderr.write(`== ${index + 1} of ${names.length}: ${name}\n`);
  try {
    process.stdout.write(`${await runOne(name)}\n`);
  } catch (error) {
    failed += 1;
    process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}
process.stderr.write(`${((performance.now() - startedMs) / 60_000).toFixed(1)} min\n`);
process.exitCode = failed > 0 ? 1 : 0;
