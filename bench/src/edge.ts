/**
 * What many cameras cost on one edge: CPU and memory with packets watched and with every frame decoded.
 * `pnpm bench edge [--cameras 50] [--size 1280x720] [--fps 10] [--motion 0] [--seconds 10] [--rounds 5]
 * [--rate quality|constant] [--pre-roll 0.5] [--clips FOLDER] [--json]`.
 *
 * Four clips, drawn from the scene `quiet` (seeds 1 to 4) with this share of their frames with a walker, encoded as an
 * IP camera does (H.264, a key frame every 2 s; `quality`: constant quality under a cap of 2 Mbit/s, `constant`:
 * 2 Mbit/s whatever there is), play in real time in the cameras of one process, the edge as its service runs it, bus in
 * memory. Once it has learned it is switched between the two ways by messages, A B A B, and
 * each window counts the CPU of all threads. Beside it, in the same rounds, on the first clip: FFmpeg's decoder alone,
 * one thread, the `motion` daemon at its defaults, and a Python loop (OpenCV's decoder, MOG2 at 320 wide; --python).
 * Medians of the rounds, with least and most.
 * Memory is the growth of the process's resident set by its cameras, divided by their number, with
 * MALLOC_MMAP_THRESHOLD_=10240 unless the environment has another (README, "Your cameras").
 */
import { findPython } from '@framegate/test-kit';
import { benchOptions } from './bench-options.ts';
import { clipFolder, drawClip, rates } from './camera-clip.ts';
import { EdgeDriver } from './edge-driver.ts';
import { edgeSampleSchema } from './edge-sample.ts';
import type { EdgeSample } from './edge-sample.ts';
import { ffmpegDecode } from './ffmpeg-decode.ts';
import { motionDaemonShare, whyNoMotionDaemon } from './motion-daemon.ts';
import { showProgress } from '@framegate/service-load/show-progress';
import { costOfPython } from './gate/cost/programs.ts';
import { median, spread } from './spread.ts';
import { ratiosOf } from './suite/interleave.ts';
import { runBench } from './suite/run-bench.ts';

const flags = benchOptions({
  json: { type: 'boolean', default: false },
  cameras: { type: 'number', default: 50, from: 1, whole: true },
  size: { type: 'size', default: { width: 1280, height: 720 } },
  fps: { type: 'number', default: 10, above: 0, to: 240 },
  motion: { type: 'number', default: 0, from: 0, to: 1 },
  seconds: { type: 'number', default: 10, above: 0 },
  rounds: { type: 'number', default: 5, from: 1, whole: true },
  rate: { type: 'name', oneOf: ['quality', 'constant'], default: 'quality' },
  'pre-roll': { type: 'number', default: 0.5, from: 0 },
  clips: { type: 'string', default: clipFolder },
  python: { type: 'string' },
});

const { cameras, fps: framesPerSecond, motion: motionShare, seconds, rounds, rate } = flags;
const { width, height } = flags.size;
/** A clip has its own moments that look like motion: one alone would have its luck in every camera. */
const seeds = [1, 2, 3, 4];
/** Packets are known after ten groups of pictures, for which the cameras take turns. */
const learn = { everySeconds: 5, atMostSeconds: 240 };
interface Round {
  readonly packets: EdgeSample;
  readonly frames: EdgeSample;
  /** CPU seconds a camera-second. */
  readonly ffmpeg: number;
  readonly motion: number | null;
  readonly python: number | null;
}

const python = flags.python ?? findPython(['cv2', 'numpy']);

async function draw(seed: number): Promise<string> {
  const { paths } = await drawClip(
    flags.clips,
    { scene: 'quiet', seed, seconds: 40, width, height, framesPerSecond, motion: motionShare },
    (share) => showProgress(`drawing clip ${seed} of ${seeds.length}: ${Math.round(100 * share)} %`),
  );
  return paths[rate];
}

async function measure(): Promise<Round[]> {
  const paths: string[] = [];
  for (const seed of seeds) paths.push(await draw(seed));
  const [path = ''] = paths;
  const edge = new EdgeDriver({ paths, cameras, preRollSeconds: flags['pre-roll'] });
  await edge.ask();
  for (let waited = 0; waited < learn.atMostSeconds; waited += learn.everySeconds) {
    showProgress(`${cameras} cameras learn, ${waited} s`);
    const sample = edgeSampleSchema.parse(await edge.ask({ measureSeconds: learn.everySeconds }));
    const decoding = Object.values(sample.reasons).reduce((sum, count) => sum + count, 0);
    const resting = 1 - decoding / cameras;
    if (sample.started === cameras && sample.undecoded >= 0.9 * resting * sample.captured) break;
  }
  const measured: Round[] = [];
  for (let round = 0; round < rounds; round++) {
    showProgress(`round ${round + 1} of ${rounds}`);
    const packets = await edge.sample('packets', seconds);
    const frames = await edge.sample('frames', seconds);
    const { cpuSeconds, frames: decoded } = ffmpegDecode(path);
    const motion = whyNoMotionDaemon()
      ? null
      : await motionDaemonShare(path, { width, height, framesPerSecond, seconds });
    const mog2 = python === undefined ? null : await costOfPython(python, 'mog2', path);
    const ffmpeg = (cpuSeconds * framesPerSecond) / decoded;
    measured.push({
      packets,
      frames,
      ffmpeg,
      motion,
      python: mog2 && (mog2.cpuMs * framesPerSecond) / 1000,
    });
  }
  await edge.stop();
  return measured;
}

/** CPU seconds a camera-second: of the frames that came, because a machine that is too slow drops some. */
const cost = ({ cpuSeconds, captured }: EdgeSample): number => (cpuSeconds * framesPerSecond) / captured;
const megabytes = ({ residentBytes, baseBytes }: EdgeSample): number =>
  (residentBytes - baseBytes) / cameras / 2 ** 20;

function findingOf(measured: readonly Round[]) {
  if (measured.some(({ packets, frames }) => !packets.balanced || !frames.balanced))
    throw new Error('the ledger does not balance');
  const ways: Readonly<Record<string, (round: Round) => number | null>> = {
    'packets watched': ({ packets }) => cost(packets),
    'every frame decoded': ({ frames }) => cost(frames),
    'ffmpeg, decoding alone': ({ ffmpeg }) => ffmpeg,
    'motion daemon': ({ motion }) => motion,
    'Python loop, MOG2': ({ python: loop }) => loop,
  };
  const samples: Readonly<Record<string, (round: Round) => EdgeSample>> = {
    'packets watched': ({ packets }) => packets,
    'every frame decoded': ({ frames }) => frames,
  };
  const peers = ['ffmpeg, decoding alone', 'motion daemon', 'Python loop, MOG2'];
  const valuesOf = (name: string): number[] =>
    measured.flatMap((round) => {
      const value = ways[name]?.(round) ?? null;
      return value === null ? [] : [value];
    });
  const present = Object.keys(ways).filter((name) => valuesOf(name).length > 0);
  const reasons = Object.entries(measured.at(-1)?.packets.reasons ?? {});
  const ratio = (own: string, other: string) => ({
    name: `CPU of ${own} over ${other}`,
    better: 'lower' as const,
    rounds: ratiosOf(valuesOf(own), valuesOf(other), (value) => value),
    isRobust: false,
  });
  return {
    ratios: [
      { ...ratio('packets watched', 'every frame decoded'), goal: 0.25 },
      ...peers.filter((name) => present.includes(name)).map((name) => ratio('every frame decoded', name)),
      ...peers.filter((name) => present.includes(name)).map((name) => ratio('packets watched', name)),
    ],
    columns: [
      { label: 'way' },
      { label: 'CPU ms a camera-second', format: '.1f' },
      { label: 'cameras a core', format: '.0f' },
      { label: 'MB a camera', format: '.1f' },
      { label: 'undecoded', format: '.1%' },
      { label: 'late', format: '.1%' },
    ],
    rows: present.map((name) => {
      const sampleOf = samples[name];
      const own = (value: (sample: EdgeSample) => number): number | null =>
        sampleOf ? median(measured.map((round) => value(sampleOf(round)))) : null;
      const cpu = median(valuesOf(name));
      return [
        name,
        1000 * cpu,
        1 / cpu,
        own(megabytes),
        own(({ undecoded, captured }) => undecoded / captured),
        own(({ late, captured }) => late / captured),
      ];
    }),
    plot: {
      kind: 'bars' as const,
      title: `CPU of a camera, ${width}x${height} at ${framesPerSecond}/s, ${100 * motionShare} % with a walker`,
      y: { label: 'ms a second' },
      groups: present,
      series: [
        {
          label: 'CPU',
          values: present.map((name) => {
            const { median: value, least: low, most: high } = spread(valuesOf(name).map((cpu) => 1000 * cpu));
            return { value, low, high };
          }),
        },
      ],
    },
    missing: [
      ...(whyNoMotionDaemon() ? [whyNoMotionDaemon() ?? ''] : []),
      ...(python === undefined ? ['a Python loop: pip install opencv-python-headless numpy'] : []),
    ],
    notes: [
      `The clips: ${rates[rate].join(' ')} (x264), a key frame every 2 s.`,
      ...reasons.map(
        ([why, count]) => `${count} cameras decoded although packets were to be watched: ${why}`,
      ),
    ],
  };
}

await runBench(flags.json, async () => findingOf(await measure()));
