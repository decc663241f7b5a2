/**
 * The motion gate beside the known ones, on the same pixels: `pnpm bench gate [--quick | --full]`
 *
 * Trial scenes with exact truth (14 conditions, 1280x720, 10 frames/s), raw and through H.264 as an IP camera codes
 * them (2 Mbit/s constant, a key frame every 2 s). Seeds below 100 choose thresholds, those from 101 are reported.
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
 *   --html FILE           a page with curves, tables and pictures
 *   --json                the report for programs
 *
 * What counts: an object is an event when 60 % of it is in view for 0.5 s; it is seen in time when a region touches
 * its box until 0.5 s after that (gates without regions: when the frame is motion). Frames are empty when no object
 * was there for 0.5 s. The first 3 s count for nobody, nor does who stands for over 2 s. Whoever moves on is an event
 * anew. Exit code: 0 when it ran, whatever came out; 2 for a bad option.
 */
import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchOptions } from './bench-options.ts';
import { durationText, createProgress } from './gate/progress.ts';
import { estimateSeconds } from './gate/estimate.ts';
import { availableFamilies } from './gate/gates/available.ts';
import { makePlan } from './gate/plan.ts';
import { openResultStore } from './gate/results/result-store.ts';
import { missingFrames, runPlan } from './gate/run-plan.ts';
import { rowVerdicts } from './gate/table/goals.ts';
import { tableOf } from './gate/table/rows.ts';
import { tableText, verdictText } from './gate/table/terminal.ts';

const flags = benchOptions({
  quick: { type: 'boolean', default: false },
  full: { type: 'boolean', default: false },
  conditions: { type: 'string' },
  codings: { type: 'string' },
  mixes: { type: 'string' },
  subjects: { type: 'string' },
  seeds: { type: 'string' },
  seconds: { type: 'string' },
  only: { type: 'string' },
  curves: { type: 'boolean', default: false },
  python: { type: 'string' },
  cache: { type: 'string' },
  results: { type: 'string' },
  workers: { type: 'string', default: '2' },
  daemons: { type: 'string', default: '8' },
  html: { type: 'string' },
  json: { type: 'boolean', default: false },
});

function cacheFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'framegate', 'bench-gate');
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new RangeError(`--${name} ${text}: expected a whole number above 0.`);
}

/** Everything that may be wrong about the options is found here, before anything runs. */
function prepare() {
  if (flags.quick && flags.full) throw new RangeError('--quick and --full: choose one.');
  const available = availableFamilies(flags.only, flags.python ?? process.env['FRAMEGATE_PYTHON']);
  const plan = makePlan({ ...flags, size: flags.full ? 'full' : 'quick' });
  const workers = positive('workers', flags.workers);
  const daemons = positive('daemons', flags.daemons);
  return { available, plan, workers, daemons, curves: flags.curves || flags.only === undefined };
}

function prepared(): ReturnType<typeof prepare> {
  try {
    return prepare();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
}

const startedAt = new Date();
const { available, plan, workers, daemons, curves } = prepared();
const { families, python, notes } = available;
for (const note of notes) process.stderr.write(`${note}\n`);
if (flags.cache !== undefined) mkdirSync(flags.cache, { recursive: true });
const store = openResultStore(flags.results ?? cacheFolder(), curves);
const temporaryFolder = await mkdtemp(join(tmpdir(), 'framegate-bench-gate-'));
const progress = createProgress();
try {
  const frames = missingFrames(plan, families, store);
  const seconds = estimateSeconds(frames, families, plan.codings, { curves, workers, daemons });
  process.stderr.write(
    `${plan.scenes.length} scenes, ${frames} frames to judge: about ${durationText(seconds)}\n`,
  );
  const results = await runPlan(plan, store, {
    families,
    curves,
    python,
    planeFolder: flags.cache ?? null,
    temporaryFolder,
    workers,
    daemons,
    onProgress: (done, all) => progress.show(all === 0 ? 1 : done / all),
  });
  progress.end();
  const table = tableOf(results);
  const verdicts = rowVerdicts(table);
  if (flags.json) {
    const report = {
      schema: 'framegate.report/1',
      kind: 'bench',
      bench: 'gate',
      startedAt,
      results: table,
      verdicts,
    };
    process.stdout.write(`${JSON.stringify(report, null, 1)}\n`);
  } else process.stdout.write(`${tableText(table)}\n\n${verdicts.map(verdictText).join('\n')}\n`);
} finally {
  await rm(temporaryFolder, { recursive: true });
}
