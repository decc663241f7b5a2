/**
 * How many cameras this machine carries within the objective, and what gate and controller are worth there:
 * `pnpm bench end-to-end [--objective-ms 500] [--seconds 20] [--motion 0.2] [--most 64] [--model street-nano]
 * [--rounds 5] [--together] [--json]`
 *
 * The whole pipeline in one process, bus in memory. Cameras play a clip of 10 s in real time (1280x720, 10/s, H.264 as
 * an IP camera makes it, a walker in `--motion` of its frames), each fifth of them begins 2 s later in it; with
 * `--together` all begin at once, so that all move at once, which is harder than real cameras are.
 * Each way's number is searched once in each round, in turn (A B C D D C B A ...), from the number found last:
 *   framegate        gate and controller
 *   without control  the same, cameras keep 10 frames/s
 *   without gate     every frame leaves; the controller may lower the rate
 *   cloud alone      every frame at 10/s
 * A number of cameras fits when at least 95 % of due frames have their result within the objective, and at most 5 % of
 * the captured frames were dropped because the edge was behind. The first 6 s are part of each run.
 */
import { benchOptions } from './bench-options.ts';
import { mostCameras } from './end-to-end/most-cameras.ts';
import type { PipelineRun } from './end-to-end/pipeline-run.ts';
import { playPipeline, walkerClips } from './end-to-end/play-pipeline.ts';
import { showProgress } from '@framegate/service-load/show-progress';
import { median, spread } from './spread.ts';
import { interleave, ratiosOf } from './suite/interleave.ts';
import { requireModels } from './suite/require-models.ts';
import { runBench } from './suite/run-bench.ts';

const flags = benchOptions({
  'objective-ms': { type: 'number', default: 500, above: 0 },
  seconds: { type: 'number', default: 20, above: 0 },
  motion: { type: 'number', default: 0.2, above: 0, to: 1 },
  most: { type: 'number', default: 64, from: 1, whole: true },
  model: { type: 'string', default: 'street-nano' },
  rounds: { type: 'number', default: 5, from: 1, whole: true },
  together: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
});
await requireModels('--model', [flags.model]);
const leastOnTime = 0.95;
const mostDropped = 0.05;
const phases = flags.together ? [0] : [0, 0.2, 0.4, 0.6, 0.8];

const ways = [
  { name: 'framegate', gate: true, control: true },
  { name: 'without control', gate: true, control: false },
  { name: 'without gate', gate: false, control: true },
  { name: 'cloud alone', gate: false, control: false },
];
type Way = (typeof ways)[number];

let round = 1;
async function play(
  clips: readonly string[],
  { name, gate, control }: Way,
  cameras: number,
): Promise<PipelineRun> {
  showProgress(`round ${round} of ${flags.rounds}, ${name}: ${cameras} cameras`);
  return playPipeline({
    clips,
    cameras,
    gate,
    control,
    seconds: flags.seconds,
    objectiveMs: flags['objective-ms'],
    model: flags.model,
  });
}

function droppedShare({ ledger: { edge } }: PipelineRun): number {
  return Object.values(edge.discarded).reduce((a, b) => a + b, 0) / edge.captured;
}

function isWithin(report: PipelineRun): boolean {
  return (report.slo.onTimeShare ?? 0) >= leastOnTime && droppedShare(report) <= mostDropped;
}

/** Where the search begins: what the way carried in its last round, or the way before it in this one. */
const guesses = new Map<Way, number>();
let lastFound = 1;

async function search(clips: readonly string[], way: Way) {
  let best: PipelineRun | undefined;
  const cameras = await mostCameras(
    async (count) => {
      const report = await play(clips, way, count);
      const fits = isWithin(report);
      if (fits) best = report;
      return fits;
    },
    flags.most,
    guesses.get(way) ?? lastFound,
  );
  guesses.set(way, cameras);
  lastFound = cameras;
  return { cameras, best };
}
type Found = Awaited<ReturnType<typeof search>>;

/** The round whose number is in the middle. */
function typical(rounds: readonly Found[]): Found {
  const cameras = median(rounds.map((each) => each.cameras));
  return rounds.find((each) => each.cameras === cameras) ?? { cameras: 0, best: undefined };
}

await runBench(flags.json, async () => {
  const clips = await walkerClips(flags.motion, phases);
  const searches = ways.map((way) => ({ name: way.name, run: () => search(clips, way) }));
  const rounds = await interleave(searches, {
    rounds: flags.rounds,
    warmUps: 0,
    onRun: (done) => (round = 1 + Math.floor(done / ways.length)),
  });
  const [own, ...others] = [...rounds];
  const found = [...rounds].map(([name, each]) => ({ name, ...typical(each) }));
  const stages = [...new Set(found.flatMap(({ best }) => Object.keys(best?.latencyMs.byStage ?? {})))];
  return {
    ratios: others.map(([name, each]) => ({
      name: `cameras of framegate over ${name}`,
      better: 'higher' as const,
      rounds: ratiosOf(own?.[1] ?? [], each, ({ cameras }) => cameras),
      isRobust: false,
    })),
    columns: [
      { label: 'way' },
      { label: 'cameras', format: '.0f', best: 'highest' as const },
      { label: 'on time', format: '.1%' },
      { label: 'p50 ms', format: '.0f' },
      { label: 'p95 ms', format: '.0f' },
      { label: 'p99 ms', format: '.0f' },
      { label: 'results a camera-second', format: '.2f' },
      { label: 'Mbit/s a camera', format: '.2f' },
      ...stages.map((stage) => ({ label: `${stage}, p95 ms`, format: '.0f' })),
    ],
    rows: found.map(({ name, cameras, best }) => [
      name,
      cameras,
      best?.slo.onTimeShare ?? null,
      best?.latencyMs.p50 ?? null,
      best?.latencyMs.p95 ?? null,
      best?.latencyMs.p99 ?? null,
      best ? best.ledger.cloud.analysed / best.durationSeconds / cameras : null,
      best ? (best.bandwidth.publishedBytes * 8) / 1e6 / best.durationSeconds / cameras : null,
      ...stages.map((stage) => best?.latencyMs.byStage[stage]?.p95 ?? null),
    ]),
    plot: {
      kind: 'bars',
      title: `Cameras within ${flags['objective-ms']} ms on this machine`,
      y: { label: 'cameras' },
      groups: [...rounds.keys()],
      series: [
        {
          label: 'cameras',
          values: [...rounds.values()].map((each) => {
            const cameras = spread(each.map((one) => one.cameras));
            return { value: cameras.median, low: cameras.least, high: cameras.most };
          }),
        },
      ],
    },
    missing: [],
    notes: [
      `Cameras, controller, detector (${flags.model}) and bus share the machine; ${100 * flags.motion} % of the frames show a walker, ${flags.together ? 'for all cameras at once' : 'for each fifth of the cameras at another time'}.`,
    ],
  };
});
