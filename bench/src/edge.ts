/**
 * What many cameras cost on one edge: CPU and memory with packets watched and with every frame decoded.
 * `pnpm bench edge [--cameras 50] [--size 1280x720] [--fps 10] [--motion 0] [--seconds 10] [--rounds 5]
 * [--rate quality|constant] [--pre-roll 0.5] [--clips FOLDER] [--json]`.
 *
 * One clip, drawn from the scene `quiet` with this share of its frames with a walker, encoded as an IP camera does
 * (H.264, a key frame every 2 s; `quality`: constant quality under a cap of 2 Mbit/s, `constant`: 2 Mbit/s
 * whatever there is), plays in real time in every camera of one process, the edge as its service runs it, bus in
 * memory. Once it has learned it is switched between the two ways by messages, A B A B, and
 * each window counts the CPU of all threads. Beside it, in the same rounds: FFmpeg's decoder alone on that clip,
 * one thread, and the `motion` daemon at its defaults. Medians of the rounds, with least and most.
 * Memory is the growth of the process's resident set by its cameras, divided by their number, with
 * MALLOC_MMAP_THRESHOLD_=131072 unless the environment has another (README, "Your cameras").
 */
import { once } from 'node:events';
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { benchOptions } from './bench-options.ts';
import { clipFolder, drawClip, rates } from './camera-clip.ts';
import type { EdgeCommand, EdgeTask } from './edge-process.ts';
import { edgeSampleSchema } from './edge-sample.ts';
import type { EdgeSample } from './edge-sample.ts';
import { ffmpegDecode } from './ffmpeg-decode.ts';
import { motionDaemonShare, whyNoMotionDaemon } from './motion-daemon.ts';
import { showProgress } from './show-progress.ts';
import { spread } from './spread.ts';

const flags = benchOptions({
  json: { type: 'boolean', default: false },
  cameras: { type: 'string', default: '50' },
  size: { type: 'string', default: '1280x720' },
  fps: { type: 'string', default: '10' },
  motion: { type: 'string', default: '0' },
  seconds: { type: 'string', default: '10' },
  rounds: { type: 'string', default: '5' },
  rate: { type: 'string', default: 'quality' },
  'pre-roll': { type: 'string', default: '0.5' },
  clips: { type: 'string', default: clipFolder },
});

const [width = 1280, height = 720] = flags.size.split('x').map(Number);
const [cameras, framesPerSecond, rounds] = [Number(flags.cameras), Number(flags.fps), Number(flags.rounds)];
const seconds = Number(flags.seconds);
const rate = z.enum(['quality', 'constant']).parse(flags.rate);
/** Packets are known after ten groups of pictures, for which the cameras take turns. */
const learn = { everySeconds: 5, atMostSeconds: 240 };
/** After a switch, before it counts. */
const switchSeconds = 3;

interface Round {
  readonly packets: EdgeSample;
  readonly frames: EdgeSample;
  /** CPU seconds a camera-second. */
  readonly ffmpeg: number;
  readonly motion: number | null;
}

class Edge {
  readonly #process: ChildProcess;

  constructor(task: EdgeTask) {
    const env = { MALLOC_MMAP_THRESHOLD_: '131072', ...process.env };
    this.#process = fork(join(import.meta.dirname, 'edge-process.ts'), [JSON.stringify(task)], { env });
  }

  /** Sends a command and waits for what comes back. */
  async ask(command?: EdgeCommand): Promise<unknown> {
    const reply = once(this.#process, 'message');
    if (command) this.#process.send(command);
    return (await reply)[0];
  }

  async sample(watching: 'packets' | 'frames'): Promise<EdgeSample> {
    await this.ask({ watching });
    await this.ask({ measureSeconds: switchSeconds });
    return edgeSampleSchema.parse(await this.ask({ measureSeconds: seconds }));
  }

  async stop(): Promise<void> {
    const exit = once(this.#process, 'exit');
    this.#process.send('stop' satisfies EdgeCommand);
    await exit;
  }
}

const { paths } = await drawClip(
  flags.clips,
  { scene: 'quiet', seed: 1, seconds: 40, width, height, framesPerSecond, motion: Number(flags.motion) },
  (share) => showProgress(`drawing the clip: ${Math.round(100 * share)} %`),
);
const path = paths[rate];
const edge = new Edge({ path, cameras, preRollSeconds: Number(flags['pre-roll']) });
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
  const packets = await edge.sample('packets');
  const frames = await edge.sample('frames');
  const { cpuSeconds, frames: decoded } = ffmpegDecode(path);
  const motion = whyNoMotionDaemon()
    ? null
    : await motionDaemonShare(path, { width, height, framesPerSecond, seconds });
  measured.push({ packets, frames, ffmpeg: (cpuSeconds * framesPerSecond) / decoded, motion });
}
await edge.stop();
showProgress('');

/** CPU seconds a camera-second: of the frames that came, because a machine that is too slow drops some. */
const cost = ({ cpuSeconds, captured }: EdgeSample): number => (cpuSeconds * framesPerSecond) / captured;
const megabytes = ({ residentBytes, baseBytes }: EdgeSample): number =>
  (residentBytes - baseBytes) / cameras / 2 ** 20;
const share = (part: (sample: EdgeSample) => number) => (sample: EdgeSample) =>
  part(sample) / sample.captured;
const of = (way: 'packets' | 'frames', value: (sample: EdgeSample) => number) =>
  spread(measured.map((round) => value(round[way])));
const ways = (['packets', 'frames'] as const).map((way) => ({
  way,
  cpuSecondsPerCameraSecond: of(way, cost),
  camerasPerCore: 1 / of(way, cost).median,
  timesFfmpeg: spread(measured.map((round) => cost(round[way]) / round.ffmpeg)),
  megabytesPerCamera: of(way, megabytes),
  undecodedShare: of(
    way,
    share(({ undecoded }) => undecoded),
  ),
  lateShare: of(
    way,
    share(({ late }) => late),
  ),
  balanced: measured.every((round) => round[way].balanced),
}));
const result = {
  cameras,
  width,
  height,
  framesPerSecond,
  motion: Number(flags.motion),
  rate,
  encoder: rates[rate].join(' '),
  rounds,
  ways,
  packetsTimesFrames: spread(measured.map(({ packets, frames }) => cost(packets) / cost(frames))),
  ffmpegCpuSecondsPerCameraSecond: spread(measured.map(({ ffmpeg }) => ffmpeg)),
  motionDaemonCpuSecondsPerCameraSecond: measured.some(({ motion }) => motion === null)
    ? null
    : spread(measured.map(({ motion }) => motion ?? 0)),
  reasons: measured.at(-1)?.packets.reasons,
};

if (flags.json) {
  console.log(
    JSON.stringify(
      { schema: 'framegate.report/1', kind: 'bench', bench: 'edge', results: [result] },
      null,
      2,
    ),
  );
} else {
  const number = (value: { median: number; least: number; most: number }, digits: number): string =>
    `${value.median.toFixed(digits)} (${value.least.toFixed(digits)}-${value.most.toFixed(digits)})`;
  console.log(
    `${cameras} cameras, ${flags.size} at ${flags.fps}/s, ${rate} rate, ${100 * result.motion} % with a walker\n`,
  );
  console.log(
    'way             CPU ms a camera-second   cameras a core   x ffmpeg           MB a camera        undecoded',
  );
  for (const {
    way,
    cpuSecondsPerCameraSecond: cpu,
    camerasPerCore,
    timesFfmpeg,
    megabytesPerCamera,
    undecodedShare,
  } of ways) {
    const ms = { median: 1000 * cpu.median, least: 1000 * cpu.least, most: 1000 * cpu.most };
    console.log(
      `${way.padEnd(16)}${number(ms, 1).padEnd(25)}${camerasPerCore.toFixed(0).padEnd(17)}${number(timesFfmpeg, 2).padEnd(19)}` +
        `${number(megabytesPerCamera, 1).padEnd(19)}${(100 * undecodedShare.median).toFixed(1)} %`,
    );
  }
  console.log(`ffmpeg alone    ${(1000 * result.ffmpegCpuSecondsPerCameraSecond.median).toFixed(1)}`);
  const { motionDaemonCpuSecondsPerCameraSecond: daemon } = result;
  console.log(
    `motion daemon   ${daemon ? (1000 * daemon.median).toFixed(1) : `not measured: ${whyNoMotionDaemon()}`}`,
  );
  console.log(`\npackets cost ${number(result.packetsTimesFrames, 2)} of decoding every frame`);
  for (const [why, count] of Object.entries(result.reasons ?? {})) console.log(`${count} cameras: ${why}`);
}
if (ways.some(({ balanced }) => !balanced)) throw new Error('the ledger does not balance');
