import { Readable } from 'node:stream';
import { writeWholeFile } from '@framegate/analysis';
import type { FootageMeasurement, MeasuredPoint } from '@framegate/footage-profile';
import { measureFootage, paretoSet } from '@framegate/footage-profile';
import type { Detector } from '@framegate/object-detector';
import { createDetector, ModelError } from '@framegate/object-detector';
import { renderPage } from '@framegate/report-page';
import { ConfigError } from '@framegate/service-kit';
import { profileText } from '@framegate/slo-file';
import type { Output } from '../terminal/output.ts';
import { createProgressBar } from '../terminal/progress-bar.ts';
import { reportDownload } from '../terminal/report-download.ts';
import { machine } from '@framegate/service-kit';
import { shellWord } from '../terminal/shell-word.ts';
import { stoppable } from '../terminal/stop-signal.ts';
import type { ProfileFlags } from './command.ts';
import type { ProfilePlan } from './plan.ts';
import { planProfile } from './plan.ts';
import { profilePage } from './profile-page.ts';
import { emptyClipText, profileSummary } from './profile-summary.ts';

/** The lowest score that counts: the default of the inference service. */
const minScore = 0.35;

interface Surroundings {
  readonly stdout: Output;
  readonly stderr: NodeJS.WriteStream;
}

/** Its exit code: 0, or 1 without any object or with a clip cut short. @throws ConfigError for bad input */
export async function runProfile(
  clips: readonly string[],
  flags: ProfileFlags,
  { stdout, stderr }: Surroundings,
): Promise<number> {
  return stoppable('stopped; nothing is written', async (signal) => {
    const plan = await planProfile(clips, flags, signal, reportDownload(stderr));
    if (plan.note !== undefined) stderr.write(`${plan.note}\n`);
    const measured = await measure(plan, flags, stderr, signal);
    const empty = measured.clips.filter(({ objects }) => objects === 0);
    for (const clip of empty) stderr.write(`${emptyClipText(clip, measured.top)}\n`);
    if (empty.length === measured.clips.length) return 1;

    const front = paretoSet(measured.points);
    await write(clips, flags, measured, front);
    if (flags.json) stdout.write(`${JSON.stringify(documentOf(measured, front), null, 2)}\n`);
    else if (!flags.quiet) stdout.write(profileSummary(measured, front, flags.out));
    const problems = measured.clips.flatMap(({ problem }) => (problem === null ? [] : [problem]));
    for (const problem of problems) stderr.write(`${problem}\n`);
    return problems.length === 0 ? 0 : 1;
  });
}

async function measure(
  { clips, grid, models, seconds, frames }: ProfilePlan,
  { quiet }: ProfileFlags,
  stderr: NodeJS.WriteStream,
  signal: AbortSignal,
): Promise<FootageMeasurement> {
  const stream = quiet ? { isTTY: false, columns: 0, write: () => true } : stderr;
  const bar = createProgressBar(stream, { label: 'profile', unit: 'frames' });
  const detectors = new Map<string, Detector>();
  try {
    for (const [name, model] of models)
      detectors.set(
        name,
        await createDetector({ model, workers: 1, threadsPerWorker: 1, minScore, maxBatch: 1 }),
      );
    const onFrame = (done: number): void => bar.update(done, frames);
    return await measureFootage(clips, grid, { detectors, seconds, signal, onFrame });
  } catch (error) {
    throw error instanceof ModelError ? new ConfigError([error.message]) : error;
  } finally {
    bar.end();
    for (const detector of detectors.values()) await detector.close();
  }
}

async function write(
  clips: readonly string[],
  flags: ProfileFlags,
  measured: FootageMeasurement,
  front: readonly MeasuredPoint[],
): Promise<void> {
  const { out, html } = flags;
  const name = measured.clips
    .map((clip) => clip.name)
    .join(', ')
    .slice(0, 200);
  if (out !== undefined) await writeWholeFile(out, Readable.from([profileText(name, front)]));
  if (html === undefined) return;
  const facts = { command: commandOf(clips, flags), environment: machine(), madeAt: new Date() };
  await writeWholeFile(html, Readable.from([renderPage(profilePage(measured, front, facts))]));
}

function commandOf(clips: readonly string[], flags: ProfileFlags): string {
  const { models, widths, qualities, rates, seconds, out, html } = flags;
  const options = Object.entries({ models, widths, qualities, rates, seconds, out, html }).flatMap(
    ([name, value]) => (value === undefined ? [] : [` --${name} ${shellWord(value)}`]),
  );
  return `npx -y pnpm@12 framegate profile ${clips.map(shellWord).join(' ')}${options.join('')}`;
}

function documentOf({ clips, top, points }: FootageMeasurement, front: readonly MeasuredPoint[]) {
  return {
    schema: 'framegate.report/1',
    kind: 'profile',
    environment: machine(),
    clips,
    top,
    points: points.map((point) => ({ ...point, onFront: front.includes(point) })),
  };
}
