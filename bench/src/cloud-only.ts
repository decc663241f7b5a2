/**
 * How much sooner results come than where every frame goes to the cloud, over the same uplink:
 * `pnpm bench cloud-only [--links 2,1,0.75,0.5] [--cameras 4] [--seconds 30] [--motion 0.2] [--objective-ms 500]
 * [--model street-nano] [--rounds 3] [--json]`
 *
 * The whole pipeline in one process, as in `bench end-to-end`, with a link of a set rate between the site and the bus.
 * Cameras play a clip of 10 s in real time (1280x720, 10/s, a walker in `--motion` of its frames), each from another
 * place in it. Links are as wide as so many times what the cameras send when every frame leaves, which is measured
 * first without a link. In each round, in turn:
 *   framegate    gate and controller
 *   cloud only   every frame at 10/s, 1280 px and quality 80, whatever comes
 * Equal accuracy: the clips, the model and, unless the controller moves them, width and quality are the same; `found`
 * counts results in which a walker was found, whenever they came. Latencies are of all live results, the first 6 s of
 * each run included. Frames that are stale make way at the edge and in the mailbox for both.
 */
import { showProgress } from '@framegate/service-load/show-progress';
import { benchOptions } from './bench-options.ts';
import { playPipeline, walkerClips } from './end-to-end/play-pipeline.ts';
import type { PipelineRun } from './end-to-end/pipeline-run.ts';
import { median } from './spread.ts';
import { interleave, ratiosOf } from './suite/interleave.ts';
import { requireModels } from './suite/require-models.ts';
import { runBench } from './suite/run-bench.ts';

const flags = benchOptions({
  links: { type: 'numbers', default: [2, 1, 0.75, 0.5], above: 0 },
  cameras: { type: 'number', default: 4, from: 1, whole: true },
  seconds: { type: 'number', default: 30, above: 0 },
  motion: { type: 'number', default: 0.2, above: 0, to: 1 },
  'objective-ms': { type: 'number', default: 500, above: 0 },
  model: { type: 'string', default: 'street-nano' },
  rounds: { type: 'number', default: 3, from: 1, whole: true },
  json: { type: 'boolean', default: false },
});
await requireModels('--model', [flags.model]);
const { cameras, links } = flags;
const ways = [
  { name: 'framegate', gate: true, control: true },
  { name: 'cloud only', gate: false, control: false },
];

const perSecond = (run: PipelineRun): number => run.bandwidth.publishedBytes / run.durationSeconds;
const foundPerMinute = (run: PipelineRun): number => (run.found * 60) / run.durationSeconds / cameras;

/** What two ways came to over one link. */
interface Compared {
  readonly link: string;
  readonly own: readonly PipelineRun[];
  readonly others: readonly PipelineRun[];
}

await runBench(flags.json, async () => {
  const clips = await walkerClips(flags.motion, [0, 0.25, 0.5, 0.75]);
  const task = {
    clips,
    cameras,
    seconds: flags.seconds,
    objectiveMs: flags['objective-ms'],
    model: flags.model,
  };
  showProgress('what every frame takes');
  const everyFrame = perSecond(await playPipeline({ ...task, gate: false, control: false }));
  const cases = links.flatMap((width) =>
    ways.map(({ name, ...way }) => ({
      name: `${width} ${name}`,
      run: () => playPipeline({ ...task, ...way, bytesPerSecond: width * everyFrame }),
    })),
  );
  const runs = await interleave(cases, {
    rounds: flags.rounds,
    warmUps: 0,
    onRun: (done, inAll, name) => showProgress(`run ${done + 1} of ${inAll}: ${name}`),
  });
  const compared = links.map((width): Compared => ({
    link: `${((width * everyFrame * 8) / 1e6).toFixed(1)} Mbit/s, ${width} times`,
    own: runs.get(`${width} framegate`) ?? [],
    others: runs.get(`${width} cloud only`) ?? [],
  }));
  return {
    ratios: compared.flatMap(({ link, own, others }) => [
      ...(['p50', 'p95'] as const).map((quantile) =>
        ratio(
          `${link}: ${quantile} of framegate over cloud only`,
          'lower',
          own,
          others,
          ({ latencyMs }) => latencyMs[quantile],
        ),
      ),
      ratio(`${link}: found by framegate over cloud only`, 'higher', own, others, foundPerMinute),
    ]),
    columns: [
      { label: 'uplink' },
      { label: 'way' },
      { label: 'p50 ms', format: '.0f', best: 'lowest' as const },
      { label: 'p95 ms', format: '.0f', best: 'lowest' as const },
      { label: 'on time', format: '.1%', best: 'highest' as const },
      { label: 'results with a walker, a camera-minute', format: '.0f', best: 'highest' as const },
      { label: 'Mbit/s', format: '.1f', best: 'lowest' as const },
    ],
    rows: compared.flatMap(({ link, own, others }) => [
      [link, 'framegate', ...figures(own)],
      [link, 'cloud only', ...figures(others)],
    ]),
    plot: {
      kind: 'bars' as const,
      title: 'p95 of results over the same uplink',
      y: { label: 'ms' },
      groups: compared.map(({ link }) => link),
      series: ways.map(({ name }) => ({
        label: name,
        values: compared.map(({ own, others }) => {
          const p95 = (name === 'framegate' ? own : others).map(
            ({ latencyMs }) => latencyMs.p95 ?? Number.NaN,
          );
          return { value: median(p95), low: Math.min(...p95), high: Math.max(...p95) };
        }),
      })),
    },
    missing: [],
    notes: [
      `${cameras} cameras, controller, detector (${flags.model}) and bus share the machine; ${100 * flags.motion} % of the frames show a walker. Every frame takes ${((everyFrame * 8) / 1e6).toFixed(1)} Mbit/s.`,
    ],
  };
});

function ratio(
  name: string,
  better: 'lower' | 'higher',
  own: readonly PipelineRun[],
  others: readonly PipelineRun[],
  of: (run: PipelineRun) => number | null,
) {
  return { name, better, rounds: ratiosOf(own, others, (run) => of(run) ?? Number.NaN), isRobust: false };
}

function figures(runs: readonly PipelineRun[]): (number | null)[] {
  const middle = (of: (run: PipelineRun) => number | null): number | null =>
    median(runs.map((run) => of(run) ?? Number.NaN));
  return [
    middle(({ latencyMs }) => latencyMs.p50),
    middle(({ latencyMs }) => latencyMs.p95),
    middle(({ slo }) => slo.onTimeShare),
    middle(foundPerMinute),
    middle((run) => (perSecond(run) * 8) / 1e6),
  ];
}
