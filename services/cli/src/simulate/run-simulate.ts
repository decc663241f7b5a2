import { writeFile } from 'node:fs/promises';
import { renderPage, renderPlot } from '@framegate/report-page';
import type { RunResult } from '@framegate/simulation';
import { contenders, duels, scenarios, summarise } from '@framegate/simulation';
import { machine } from '@framegate/service-kit';
import type { Output } from '../terminal/output.ts';
import { createProgressBar } from '../terminal/progress-bar.ts';
import { stoppable } from '../terminal/stop-signal.ts';
import type { SimulateFlags } from './command.ts';
import { runJobs } from './run-jobs.ts';
import { select } from './select.ts';
import type { SimulateJob } from './simulate-worker.ts';
import { latencyPlot, simulationPage } from './simulation-page.ts';
import { simulationReport } from './simulation-report.ts';
import { summaryText } from './summary-text.ts';

/** Its exit code. @throws for names that are none, and for runs that fail */
export async function runSimulate(
  flags: SimulateFlags,
  stdout: Output,
  stderr: NodeJS.WriteStream,
): Promise<number> {
  if (flags.list) return list(stdout);
  const startedAt = new Date();
  const jobs = jobsOf(flags);
  const bar = createProgressBar(stderr, { label: 'simulate', unit: 'runs' });
  const runs = await stoppable('simulate was interrupted: nothing was written', (signal) =>
    runJobs(jobs, { threads: flags.threads, signal, onDone: (done) => bar.update(done, jobs.length) }),
  ).finally(() => bar.end());
  const kinds = new Map(contenders.map(({ name, kind }) => [name, kind]));
  const compared = { rows: summarise(runs, kinds), duels: duels(runs, kinds) };
  stdout.write(summaryText(compared.rows, compared.duels));
  const made = {
    startedAt: startedAt.toISOString(),
    durationSeconds: (Date.now() - startedAt.getTime()) / 1000,
    environment: machine(),
  };
  if (flags.json !== undefined)
    await writeFile(flags.json, `${JSON.stringify(simulationReport(runs, compared, made), null, 2)}\n`);
  if (flags.html !== undefined) {
    const whole = runs.filter(({ seconds }) => seconds.length > 0);
    const command = `pnpm simulate --seeds ${flags.seeds.join(',')}`;
    await writeFile(flags.html, renderPage(simulationPage(whole, compared, { ...made, command })));
  }
  if (flags.svg !== undefined) await writeFile(flags.svg, latencySvg(runs));
  const unbalanced = runs.filter(({ ledger }) => !ledger.balanced);
  if (unbalanced.length > 0) stderr.write(`${unbalanced.length} runs have a ledger that does not balance\n`);
  return unbalanced.length > 0 ? 1 : 0;
}

function latencySvg(runs: readonly RunResult[]): string {
  const whole = runs.filter(({ seconds }) => seconds.length > 0);
  const scenario = scenarios.find(({ name }) => name === whole[0]?.scenario);
  if (!scenario) throw new RangeError('no run was kept whole, expected the first seed');
  const shown = whole.filter((run) => run.scenario === scenario.name);
  return renderPlot(latencyPlot(scenario, shown), { width: 860, height: 320, theme: 'light' });
}

/** Of each first seed all is kept, for the page. */
function jobsOf({ scenarios: scenarioNames, policies, seeds }: SimulateFlags): SimulateJob[] {
  const selected = select(scenarioNames, policies);
  return selected.scenarios.flatMap((scenario) =>
    selected.contenders
      .filter((contender) => contender.suits(scenario))
      .flatMap(({ name }) =>
        seeds.map((seed, index) => ({ scenario: scenario.name, policy: name, seed, whole: index === 0 })),
      ),
  );
}

function list(stdout: Output): number {
  const width = Math.max(...[...scenarios, ...contenders].map(({ name }) => name.length));
  const lines = [
    'scenarios',
    ...scenarios.map(({ name, title }) => `  ${name.padEnd(width)}  ${title}`),
    'policies',
    ...contenders.map(({ name, kind }) => `  ${name.padEnd(width)}  ${kind}`),
  ];
  stdout.write(`${lines.join('\n')}\n`);
  return 0;
}
