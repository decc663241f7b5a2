import { Readable } from 'node:stream';
import { writeWholeFile } from '@framegate/analysis';
import type { Explanation } from '@framegate/gate-explanation';
import { advise, describe, explainRecording, explanationPage } from '@framegate/gate-explanation';
import { machine } from '@framegate/service-kit';
import type { Output } from '../terminal/output.ts';
import { createProgressBar } from '../terminal/progress-bar.ts';
import { shellWord } from '../terminal/shell-word.ts';
import { stoppable } from '../terminal/stop-signal.ts';
import type { ExplainFlags } from './command.ts';
import type { ExplainPlan } from './plan.ts';
import { planExplanation } from './plan.ts';

interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly stdout: Output;
  readonly stderr: NodeJS.WriteStream;
}

/** Its exit code: 0, or 1 when the recording is cut short. @throws ConfigError for bad input */
export async function runExplain(
  source: string,
  flags: ExplainFlags,
  { env, stdout, stderr }: Surroundings,
): Promise<number> {
  return stoppable('stopped; nothing is written', async (signal) => {
    const plan = await planExplanation(source, flags, env, signal);
    const explanation = await explain(plan, flags, stderr, signal);
    if (flags.json) stdout.write(`${JSON.stringify(documentOf(plan, explanation))}\n`);
    if (flags.jsonl) for (const frame of explanation.frames) stdout.write(`${JSON.stringify(frame)}\n`);
    if (flags.out !== undefined) await writePage(flags.out, source, flags, plan, explanation);
    if (explanation.problem !== null) stderr.write(`${explanation.problem}\n`);
    if (!flags.quiet) for (const line of summaryLines(flags.out, explanation)) stderr.write(`${line}\n`);
    return explanation.problem === null ? 0 : 1;
  });
}

async function explain(
  { source, settings, seconds, frames }: ExplainPlan,
  { out, quiet }: ExplainFlags,
  stderr: NodeJS.WriteStream,
  signal: AbortSignal,
): Promise<Explanation> {
  const stream = quiet ? { isTTY: false, columns: 0, write: () => true } : stderr;
  const bar = createProgressBar(stream, { label: 'explain', unit: 'frames' });
  const onFrame = (done: number): void => bar.update(done, frames);
  try {
    return await explainRecording(source, settings, {
      seconds,
      signal,
      onFrame,
      pictures: out !== undefined,
    });
  } finally {
    bar.end();
  }
}

async function writePage(
  out: string,
  source: string,
  flags: ExplainFlags,
  { name }: ExplainPlan,
  explanation: Explanation,
): Promise<void> {
  const facts = { source: name, command: commandOf(source, flags), environment: machine() };
  const page = explanationPage(explanation, facts);
  await writeWholeFile(out, Readable.from([page]));
}

function commandOf(source: string, flags: ExplainFlags): string {
  const { out, seconds, sensitivity, site, camera } = flags;
  const options = Object.entries({ out, seconds, sensitivity, site, camera })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` --${name} ${shellWord(String(value))}`);
  return `npx -y pnpm@12 framegate gate explain ${shellWord(source)}${options.join('')}`;
}

function documentOf({ name }: ExplainPlan, { width, height, settings, summary, frames }: Explanation) {
  return {
    schema: 'framegate.report/1',
    kind: 'gate-explanation',
    source: name,
    width,
    height,
    settings,
    summary,
    frames,
  };
}

function summaryLines(out: string | undefined, { summary, settings }: Explanation): string[] {
  const written = out === undefined ? [] : [`written ${out}`];
  return [...describe(summary), ...advise(summary, settings), ...written];
}
