/**
 * What changed between two runs of the benches: `pnpm bench compare OLD NEW [--fail-above PERCENT] [--robust] [--json]`
 *
 * OLD and NEW are reports (`pnpm bench NAME --json`, or an array of them) or folders of them (`pnpm bench all`). Only
 * ratios are compared: absolute figures belong to a machine. --robust takes only those that are the same on every
 * machine (counts, bytes, virtual time); where the machines differ the others are told with a warning. With
 * --fail-above the exit code is 1 when one is worse by more than that and beyond chance. 2: a file is no such report.
 */
import { parseArgs } from 'node:util';
import { helpFromComment } from '@framegate/service-kit';
import type { BenchReport } from './suite/bench-report.ts';
import type { Change } from './suite/compare.ts';
import { compareReports } from './suite/compare.ts';
import { loadReports } from './suite/report-files.ts';

helpFromComment();

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'fail-above': { type: 'string' },
      robust: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const [oldPath, newPath, ...others] = positionals;
  if (oldPath === undefined || newPath === undefined || others.length > 0)
    throw new RangeError('expected two files or folders: pnpm bench compare OLD NEW');
  const limit = limitOf(values['fail-above']);
  const [before, after] = [await loadReports(oldPath), await loadReports(newPath)];
  const changes = compareReports(before, after).filter(({ isRobust }) => isRobust || !values.robust);
  if (values.json) process.stdout.write(`${JSON.stringify(changes, null, 2)}\n`);
  else process.stdout.write([...changes.map(changeText), ...warnings(before, after, changes), ''].join('\n'));
  const failed = changes.filter(({ direction, gain }) => direction === 'worse' && -gain > limit);
  for (const change of failed)
    process.stderr.write(`worse by more than ${100 * limit} %: ${changeText(change)}\n`);
  return failed.length > 0 ? 1 : 0;
}

function limitOf(text: string | undefined): number {
  if (text === undefined) return Infinity;
  const percent = Number(text);
  if (Number.isFinite(percent) && percent >= 0) return percent / 100;
  throw new RangeError(`--fail-above ${text}: expected a number of percent, such as 15.`);
}

function changeText({ bench, name, before, after, gain, direction }: Change): string {
  const percent = `${gain >= 0 ? '+' : ''}${(100 * gain).toFixed(1)} %`;
  return `${direction.padEnd(6)}  ${percent.padStart(9)}  ${before.toPrecision(3)} -> ${after.toPrecision(3)}  ${bench}: ${name}`;
}

function warnings(
  before: readonly BenchReport[],
  after: readonly BenchReport[],
  changes: readonly Change[],
): string[] {
  const machines = new Set(
    [...before, ...after].map(({ environment }) => `${environment['cpu']}, ${environment['cores']} cores`),
  );
  return [
    ...(changes.length === 0 ? ['nothing to compare: no ratio has the same name on both sides'] : []),
    ...(machines.size > 1
      ? [`measured on different machines (${[...machines].join('; ')}): only robust ratios compare`]
      : []),
  ];
}

try {
  process.exitCode = await run();
} catch (error) {
  process.stderr.write(`bench compare: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
