import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import type { Check } from './checks.ts';
import { checks } from './checks.ts';
import { skipNotesVariable } from './need.ts';
import { selectionFrom, usage } from './selection.ts';
import type { Tally } from './tally.ts';
import { closingLine, parseReport, skippedFiles, sum, tallyOf } from './tally.ts';

const root = join(import.meta.dirname, '../../..');
const path = [join(root, 'node_modules/.bin'), process.env['PATH']].join(delimiter);
const colours = process.stdout.isTTY && process.env['NO_COLOR'] === undefined;
const [bold, plain] = colours ? ['\u001B[1m', '\u001B[0m'] : ['', ''];

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    say(usage);
    return 0;
  }
  const selection = selectionFrom(args);
  const tallies: Tally[] = [];
  if (selection.checks) for (const check of checks) tallies.push(await runCheck(check));
  if (selection.tests) tallies.push(await runTests(selection.vitestArguments));
  const total = sum(tallies);
  say(`\n${closingLine(total)}`);
  return total.failed === 0 ? 0 : 1;
}

async function runCheck({ title, command: [program, ...args] }: Check): Promise<Tally> {
  heading(title);
  const passed = (await run(program, args, {})) === 0;
  say(`${title}: ${passed ? 'passed' : 'FAILED'}`);
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
}

async function runTests(args: readonly string[]): Promise<Tally> {
  heading('tests');
  const folder = mkdtempSync(join(tmpdir(), 'framegate-test-'));
  const reportFile = join(folder, 'report.json');
  const notesFile = join(folder, 'notes');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  try {
    const exitCode = await run('vitest', ['run', ...reporters, ...args], { [skipNotesVariable]: notesFile });
    const reportText = readIfThere(reportFile);
    const report = reportText === undefined ? undefined : parseReport(reportText);
    sayWhatWasSkipped(readIfThere(notesFile) ?? '', skippedFiles(report));
    return tallyOf(report, exitCode);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a tool in the repository's root with this terminal; null when it was killed or could not be started. */
function run(program: string, args: readonly string[], extra: NodeJS.ProcessEnv): Promise<number | null> {
  return new Promise((resolve) => {
    const env = { ...process.env, PATH: path, ...(colours ? {} : { NO_COLOR: '1' }), ...extra };
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', env });
    child.once('error', (error) => {
      say(`${program} did not start: ${error.message}`);
      resolve(null);
    });
    child.once('exit', resolve);
  });
}

function sayWhatWasSkipped(notes: string, files: readonly string[]): void {
  const reasons = new Set(notes.split('\n').filter((line) => line !== ''));
  if (reasons.size + files.length === 0) return;
  heading('not run');
  for (const line of [...reasons, ...files.map((file) => relative(root, file))]) say(line);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function heading(title: string): void {
  say(`\n${bold}== ${title}${plain}`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
