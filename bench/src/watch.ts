/**
 * What a camera loses whose packets are watched: events of the scenes, seen with every frame decoded and with
 * packets watched, in the same clip.
 * `pnpm bench watch [--scenes quiet] [--seeds 101-102] [--seconds 240] [--rate quality,constant] [--clips FOLDER]
 * [--json]`. 300 events take about 25 seeds.
 *
 * The scenes keep their walkers, but of empty stretches only 4 s before and after somebody passes, after 26 s for
 * learning; H.264, 1280x720 at 10 frames/s, a key frame every 2 s (`quality`: constant quality under a cap of
 * 2 Mbit/s, `constant`: 2 Mbit/s whatever there is). The clip goes through the edge as its service runs it. An event
 * begins when 60 % of an object of 16x40 pixels or more are in view and nobody was before it; it is seen with
 * the first live frame that has a motion region on the object: a live frame was decoded as it came, or as the
 * packet that woke the decoder. Recall with Wilson's interval of 95 %.
 */
import { createEdgeMemory, startEdgeSite } from '@framegate/camera-pipeline';
import type { CameraIntent, Frame } from '@framegate/contracts';
import { cloudTopics, decodeFrame, framesTopic, siteTopics } from '@framegate/contracts';
import { edgeBalance } from '@framegate/frame-ledger';
import { InProcessBus } from '@framegate/message-bus';
import type { TruthBox } from '@framegate/scene';
import { sceneNames } from '@framegate/scene';
import { createClock } from '@framegate/service-kit';
import { benchOptions } from './bench-options.ts';
import { clipFolder, drawClip } from './camera-clip.ts';
import { wilsonShare } from './gate/scoring/wilson.ts';
import { showProgress } from '@framegate/service-load/show-progress';
import { median } from './spread.ts';

const flags = benchOptions({
  json: { type: 'boolean', default: false },
  scenes: { type: 'names', oneOf: sceneNames, default: ['quiet'] },
  seeds: { type: 'ranges', default: [101, 102] },
  // The first half minute has no events.
  seconds: { type: 'number', default: 240, above: 30 },
  rate: { type: 'names', oneOf: ['quality', 'constant'], default: ['quality', 'constant'] },
  clips: { type: 'string', default: clipFolder },
});
const [width, height, framesPerSecond] = [1280, 720, 10];
/** Events before the packets can be known are nobody's, and what begins as the clip ends can't be judged. */
const firstFrame = 26 * framesPerSecond;
const promptFrames = framesPerSecond / 2;
const least = { width: 16, height: 40, visible: 0.6 };

interface Event {
  readonly beginsAt: number;
  readonly endsAt: number;
  /** Where the object is, by frame. */
  readonly boxes: ReadonlyMap<number, TruthBox>;
}

interface Run {
  readonly delays: readonly (number | null)[];
  readonly captured: number;
  readonly undecoded: number;
  readonly falseFrames: number;
  readonly cpuSeconds: number;
  readonly why: string;
}

type Truth = readonly (readonly TruthBox[])[];

function eventsOf(truth: Truth): Event[] {
  const events: Event[] = [];
  for (let from = 0; from < truth.length; from++) {
    if (truth[from]!.length === 0) continue;
    let to = from;
    while (to < truth.length && truth[to]!.length > 0) to += 1;
    const beginsAt = truth.findIndex((boxes, at) => at >= from && at < to && boxes.some(counts));
    const object = truth[beginsAt]?.find(counts);
    if (object && from >= firstFrame && beginsAt + promptFrames < truth.length) {
      const boxes = new Map<number, TruthBox>();
      for (let at = from; at < to; at++)
        for (const box of truth[at]!) if (box.id === object.id) boxes.set(at, box);
      events.push({ beginsAt, endsAt: to, boxes });
    }
    from = to;
  }
  return events;
}

function counts({ box: [, , w, h], visible }: TruthBox): boolean {
  return w >= least.width && h >= least.height && visible >= least.visible;
}

function touches(regions: Frame['regions'], { box: [x, y, w, h] }: TruthBox): boolean {
  return regions.some(
    ([left, top, wide, high]) => left < x + w && left + wide > x && top < y + h && top + high > y,
  );
}

async function watch(path: string, truth: Truth, watching: 'packets' | 'frames'): Promise<Run> {
  const bus = new InProcessBus({ retentionBytes: 8 * 1024 * 1024 });
  await bus.ensureTopics([...cloudTopics(1), ...siteTopics('bench', 1)]);
  const seen: Pick<Frame, 'seq' | 'kind' | 'regions'>[] = [];
  await bus.subscribe({
    topics: [framesTopic('bench')],
    group: null,
    from: 'earliest',
    handler: async (delivery) => {
      const { seq, kind, regions } = decodeFrame(delivery);
      seen.push({ seq, kind, regions });
    },
  });
  let [undecoded, why] = [0, ''];
  const wanted = { framesPerSecond: 60, width: 320, quality: 50, motionSensitivity: 50, model: 'none' };
  const rolls = { preRollSeconds: 0.5, postRollSeconds: 0, keepAliveSeconds: 0 };
  const areas = { motionMasks: [], privacyMasks: [], zones: [], classes: [] };
  const intent: CameraIntent = {
    cameraId: 'bench/c',
    revision: 0,
    objectiveMs: 500,
    ...areas,
    ...rolls,
    watching,
    wanted,
  };
  const before = process.cpuUsage();
  const site = await startEdgeSite({
    site: 'bench',
    timezone: 'UTC',
    instance: 'bench',
    bus,
    clock: createClock(),
    loop: false,
    memory: createEdgeMemory(),
    pace: 'none',
    lossless: false,
    configWaitMs: 0,
    cameras: [{ source: { kind: 'file', path }, intent }],
    observer: {
      onStatus: (_camera, { reason }) => void (why = reason || why),
      onFate: () => {},
      onSent: () => {},
      onRefused: () => {},
      onUntold: () => {},
      onSpoolTrouble: () => {},
      onUndecoded: (_camera, frames) => void (undecoded += frames),
    },
  });
  await site.ended;
  await site.close();
  const { user, system } = process.cpuUsage(before);
  await bus.close();
  const ledger = site.telemetry().cameras[0]!.counts;
  if (edgeBalance(ledger) !== 0 || ledger.captured !== truth.length)
    throw new Error(`the ledger has ${ledger.captured} of ${truth.length} frames, or does not balance`);
  const delays = eventsOf(truth).map((event) => delayOf(event, seen));
  const falseFrames = seen.filter(
    ({ seq, regions }) => seq > firstFrame && regions.length > 0 && truth[seq - 1]?.length === 0,
  );
  const cpuSeconds = (user + system) / 1e6;
  return { delays, captured: ledger.captured, undecoded, falseFrames: falseFrames.length, cpuSeconds, why };
}

/** Frames from the event's beginning to the first live frame that shows it. */
function delayOf(
  { beginsAt, boxes }: Event,
  seen: readonly Pick<Frame, 'seq' | 'kind' | 'regions'>[],
): number | null {
  for (const { seq, kind, regions } of seen) {
    const box = boxes.get(seq - 1);
    if (kind === 'live' && box && touches(regions, box)) return seq - 1 - beginsAt;
  }
  return null;
}

function intervalOf(hits: number, of: number): [low: number, high: number] {
  const { low, high } = wilsonShare(hits, of);
  return [low, high];
}

function summarise(runs: readonly Run[]) {
  const delays = runs.flatMap((run) => run.delays);
  const prompt = delays.filter((delay) => delay !== null && delay <= promptFrames).length;
  const sum = (of: (run: Run) => number): number => runs.reduce((total, run) => total + of(run), 0);
  return {
    events: delays.length,
    prompt,
    recall: prompt / delays.length,
    interval: intervalOf(prompt, delays.length),
    ever: delays.filter((delay) => delay !== null).length,
    medianDelaySeconds: median(delays.map((delay) => delay ?? Number.POSITIVE_INFINITY)) / framesPerSecond,
    undecodedShare: sum(({ undecoded }) => undecoded) / sum(({ captured }) => captured),
    falseFrames: sum(({ falseFrames }) => falseFrames),
    cpuSeconds: sum(({ cpuSeconds }) => cpuSeconds),
    why: runs.map(({ why }) => why).filter(Boolean),
  };
}

if (!flags.json)
  console.log(
    'scene     rate      way       events  in 0.5 s (Wilson)        ever   median   undecoded  false  CPU s',
  );
const results = [];
for (const scene of flags.scenes) {
  for (const rate of flags.rate) {
    const runs: Record<'packets' | 'frames', Run[]> = { packets: [], frames: [] };
    for (const seed of flags.seeds) {
      const size = { width, height, framesPerSecond };
      const { paths, truth } = await drawClip(
        flags.clips,
        { scene, seed, seconds: flags.seconds, ...size, motion: 'events' },
        (share) => showProgress(`${scene}, seed ${seed}: ${Math.round(100 * share)} % drawn`),
      );
      for (const way of ['packets', 'frames'] as const) runs[way].push(await watch(paths[rate], truth, way));
    }
    showProgress('');
    for (const way of ['packets', 'frames'] as const) {
      const row = { scene, rate, way, ...summarise(runs[way]) };
      results.push(row);
      if (!flags.json) console.log(lineOf(row));
    }
  }
}
if (flags.json)
  console.log(
    JSON.stringify({ schema: 'framegate.report/1', kind: 'bench', bench: 'watch', results }, null, 2),
  );

function lineOf(row: { scene: string; rate: string; way: string } & ReturnType<typeof summarise>): string {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const [low, high] = row.interval;
  const recall = `${percent(row.recall)} (${percent(low)}-${percent(high)})`;
  const ever = percent(row.ever / row.events);
  return (
    `${row.scene.padEnd(10)}${row.rate.padEnd(10)}${row.way.padEnd(10)}${String(row.events).padEnd(8)}${recall.padEnd(25)}` +
    `${ever.padEnd(9)}${`${row.medianDelaySeconds.toFixed(1)} s`.padEnd(9)}${percent(row.undecodedShare).padEnd(11)}` +
    `${String(row.falseFrames).padEnd(7)}${row.cpuSeconds.toFixed(1)}  ${row.why.join('; ')}`
  );
}
