/**
 * The motion gate beside the known ones, on the same pixels: `pnpm bench gate [--quick | --full]`
 *
 * Trial scenes with exact truth (14 conditions, 1280x720, 10 frames/s), raw and through H.264 as an IP camera codes
 * them (2 Mbit/s constant, a key frame every 2 s). Seeds below 100 choose thresholds, those from 201 are reported.
 *
 *   --quick               the default: few scenes, minutes
 *   --full                the published tables: at least 300 events a row; prints how long that will take
 *   --conditions a,b      rain, snow, foliage, ...; all by default
 *   --codings raw,h264    both by default
 *   --mixes a,b           everyday (normal contrast, from 32x80 px), probes (all sizes and contrasts), faint
 *   --subjects a,b        rows of single subjects in place of mixes, with
 *   --seeds 1-3,101       these seeds
 *   --seconds N           length of a scene
 *   --only a,b            ours, opencv (Frigate's algorithm, MOG2, KNN, plain difference), ffmpeg (mpdecimate,
 *                         select=scene), motion (Debian's daemon, in real time); at their defaults unless --curves
 *   --python FILE         a Python with opencv-python-headless; or FRAMEGATE_PYTHON
 *   --cache DIR           keep the small planes that our gate looks at (58 kB a frame), to try it often
 *   --results DIR         where results of single clips are kept, so that a run that was cut short goes on
 *   --workers N, --daemons N   scenes drawn at once; clips that motion plays at once
 *   --parts a,b           trials, costs (whole programs on one coded clip: CPU, memory), footage (our gate on real clips
 *                         with YOLOX-nano's labels); all by default, with --only the trials
 *   --html FILE           a page with curves, tables and pictures of what each gate marked
 *   --strip FILE.jpg      those pictures as one
 *   --json                the report for programs
 *
 * In trials: an object is an event when 60 % of it is in view for 0.5 s; it is seen in time when a region touches
 * its box until 0.5 s after that (gates without regions: when the frame is motion). Frames are empty when no object
 * was there for 0.5 s. The first 3 s count for nobody, nor does who stands for over 2 s. Whoever moves on is an event
 * anew. "best" is the setting and threshold with the greatest recall less false frames on the tuning seeds.
 *
 * In footage: frames pass as they leave a camera, with 0.5 s of pre-roll, 2 s of post-roll and a keep-alive every 10 s. An
 * appearance is one person followed by overlap (IoU >= 0.3, lost for 0.5 s at most) for at least 0.5 s; it is seen when
 * one of its frames passed. A second's count of persons is the median of its frames; of those that passed, or where none
 * did, that of the second before; the two must be equal.
 *
 * Exit code: 0 when it ran, whatever came out; 2 for a bad option.
 */
import { mkdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderPage } from '@framegate/report-page';
import { trialConditions, trialSubjects } from '@framegate/scene';
import { benchOptions } from './bench-options.ts';
import { codings } from './gate/clips/clip.ts';
import { costVerdicts, measureCosts } from './gate/cost/measure-costs.ts';
import { costText } from './gate/cost/cost-table.ts';
import { estimateSeconds } from './gate/estimate.ts';
import { footageText } from './gate/footage/footage-table.ts';
import { footageVerdicts, judgeFootage } from './gate/footage/judge-footage.ts';
import { families as allFamilies } from './gate/gates/families.ts';
import { gatePage } from './gate/page/gate-page.ts';
import { gatePictures } from './gate/pictures/condition-pictures.ts';
import { stripOf } from './gate/pictures/strip.ts';
import { mixNames } from './gate/plan.ts';
import { createProgress, durationText } from './gate/progress.ts';
import { openResultStore } from './gate/results/result-store.ts';
import { missingFrames, runPlan } from './gate/run-plan.ts';
import { chooseRun, partNames } from './gate/run-choice.ts';
import { rowVerdicts } from './gate/table/goals.ts';
import { tableOf } from './gate/table/rows.ts';
import { tableText, verdictText } from './gate/table/terminal.ts';
import { machine } from '@framegate/service-kit';

const flags = benchOptions({
  quick: { type: 'boolean', default: false },
  full: { type: 'boolean', default: false },
  conditions: { type: 'names', oneOf: trialConditions },
  codings: { type: 'names', oneOf: codings },
  mixes: { type: 'names', oneOf: mixNames },
  subjects: { type: 'names', oneOf: trialSubjects },
  seeds: { type: 'ranges' },
  seconds: { type: 'number', from: 5, to: 3600, whole: true },
  only: { type: 'names', oneOf: allFamilies },
  curves: { type: 'boolean', default: false },
  parts: { type: 'names', oneOf: partNames },
  python: { type: 'string' },
  cache: { type: 'string' },
  results: { type: 'string' },
  workers: { type: 'number', default: 2, from: 1, whole: true },
  daemons: { type: 'number', default: 8, from: 1, whole: true },
  html: { type: 'string' },
  strip: { type: 'string' },
  json: { type: 'boolean', default: false },
});

function chosen(): ReturnType<typeof chooseRun> {
  try {
    return chooseRun(flags, process.env);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
}

const say = (line: string): boolean => process.stderr.write(`${line}\n`);
const startedAt = new Date();
const { plan, families, python, curves, parts, workers, daemons, resultsFolder, notes } = chosen();
for (const note of notes) say(note);
if (flags.cache !== undefined) mkdirSync(flags.cache, { recursive: true });
const temporaryFolder = await mkdtemp(join(tmpdir(), 'framegate-bench-gate-'));

async function judgeTrials() {
  if (!parts.has('trials')) return [];
  const store = openResultStore(resultsFolder, curves);
  const frames = missingFrames(plan, families, store);
  const seconds = estimateSeconds(frames, families, plan.codings, { curves, workers, daemons });
  say(`${plan.scenes.length} scenes, of ${frames} frames nothing is known: about ${durationText(seconds)}`);
  const progress = createProgress();
  const onProgress = (done: number, all: number): void => progress.show(all === 0 ? 1 : done / all);
  const planeFolder = flags.cache ?? null;
  const options = { families, curves, python, planeFolder, temporaryFolder, workers, daemons, onProgress };
  const results = await runPlan(plan, store, options);
  progress.end();
  return tableOf(results);
}

async function judgeClips() {
  if (!parts.has('footage')) return [];
  const progress = createProgress();
  const { rows, notes: skipped } = await judgeFootage(resultsFolder, progress.show);
  progress.end();
  for (const note of skipped) say(note);
  return rows;
}

try {
  const table = await judgeTrials();
  const withMotion = families.includes('motion');
  const costs = parts.has('costs') ? await measureCosts(temporaryFolder, { python, withMotion }) : [];
  const footage = await judgeClips();
  const verdicts = [...rowVerdicts(table), ...costVerdicts(costs), ...footageVerdicts(footage)];
  const durationSeconds = (Date.now() - startedAt.getTime()) / 1000;
  const facts = { startedAt: startedAt.toISOString(), durationSeconds, environment: machine() };
  const report = { ...facts, results: table, costs, footage, verdicts };
  const conditions = [...new Set(plan.scenes.map(({ condition }) => condition))];
  const isDrawn = flags.html !== undefined || flags.strip !== undefined;
  const pictures = isDrawn ? await gatePictures(conditions, families, python) : [];
  if (flags.html !== undefined)
    await writeFile(flags.html, renderPage(await gatePage(report, process.argv.slice(2), pictures)));
  if (flags.strip !== undefined) await writeFile(flags.strip, await stripOf(pictures));
  const head = { schema: 'framegate.report/1', kind: 'bench', bench: 'gate' };
  const texts = [
    tableText(table),
    costText(costs),
    footageText(footage),
    verdicts.map(verdictText).join('\n'),
  ];
  process.stdout.write(
    flags.json
      ? `${JSON.stringify({ ...head, ...report }, null, 1)}\n`
      : `${texts.filter(Boolean).join('\n\n')}\n`,
  );
} finally {
  await rm(temporaryFolder, { recursive: true });
}
