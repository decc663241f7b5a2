import { join } from 'node:path';
import type { PictureSize } from '../clips/clip.ts';
import { clipSize, framesPerSecond } from '../clips/clip.ts';
import { encodeH264 } from '../clips/h264.ts';
import { median } from '../../spread.ts';
import { openTrial } from '../clips/trial.ts';
import type { Verdict } from '../table/goals.ts';
import type { Cost } from './programs.ts';
import { costsOn, decodingOnly } from './programs.ts';

export interface CostTable {
  readonly clip: string;
  readonly costs: readonly Cost[];
}

const seconds = 20;
/** Of all programs in turn. */
const rounds = 3;
const fullHd: PictureSize = { width: 1920, height: 1080 };
/** Nothing moves, as much as moves in rain, and nothing in what most cameras give today. */
const clips = [
  { condition: 'still', subject: 'nobody', seed: 101, size: clipSize },
  { condition: 'rain', subject: 'walkers', seed: 101, size: clipSize },
  { condition: 'still', subject: 'nobody', seed: 101, size: fullHd },
];

export async function measureCosts(
  folder: string,
  options: { readonly python: string | null; readonly withMotion: boolean },
): Promise<CostTable[]> {
  const tables: CostTable[] = [];
  const frames = seconds * framesPerSecond;
  for (const { size, ...clip } of clips) {
    const path = join(folder, `cost-${clip.condition}-${size.height}.mkv`);
    const trial = openTrial({ ...clip, frames }, size);
    const image = new Uint8Array((size.width * size.height * 3) / 2);
    const encoder = encodeH264(path, size);
    for (let frame = 0; frame < frames; frame++) await encoder.write(trial.render(frame, image).data);
    await encoder.close();
    const runs: Cost[][] = [];
    for (let round = 0; round < rounds; round += 1) runs.push(await costsOn(path, frames, options));
    tables.push({ clip: `${clip.condition}, ${clip.subject}, ${size.height}p`, costs: mediansOf(runs) });
  }
  return tables;
}

/** The rounds' median of each figure: what else the machine does meets single programs. */
function mediansOf(runs: readonly (readonly Cost[])[]): Cost[] {
  const [first = []] = runs;
  return first.map(({ program }, index) => {
    const own = runs.flatMap((run) => run[index] ?? []);
    const middle = (of: (cost: Cost) => number | null): number | null => {
      const values = own.flatMap((cost) => of(cost) ?? []);
      return values.length > 0 ? median(values) : null;
    };
    return {
      program,
      cpuMs: middle(({ cpuMs }) => cpuMs) ?? Number.NaN,
      gateMs: middle(({ gateMs }) => gateMs),
      gateP95Ms: middle(({ gateP95Ms }) => gateP95Ms),
      peakBytes: middle(({ peakBytes }) => peakBytes) ?? Number.NaN,
    };
  });
}

/** Milliseconds of the gate on a still scene, and of 19 frames in 20 with motion. */
const mostStillMs = 0.3;
const mostMovingMs = 0.8;
const mostOfDecoding = 1.15;
const mostOfMotion = 0.5;

export function costVerdicts([still, moving, large]: readonly CostTable[]): Verdict[] {
  if (!still || !moving || !large) return [];
  const ours = costOf(still, 'framegate');
  const oursMoving = costOf(moving, 'framegate');
  return [
    atMost(`gate on a still scene <= ${mostStillMs} ms a frame`, ours?.gateMs, mostStillMs, 'ms'),
    atMost(
      `gate with motion <= ${mostMovingMs} ms in 95 % of frames`,
      oursMoving?.gateP95Ms,
      mostMovingMs,
      'ms',
    ),
    atMost(
      `decoding and gate <= ${mostOfDecoding}x FFmpeg's decoding (1080p)`,
      ratio(costOf(large, 'framegate'), costOf(large, decodingOnly)),
      mostOfDecoding,
      'x',
    ),
    atMost(
      `half of the CPU of the motion daemon on the same clip`,
      ratio(oursMoving, costOf(moving, 'motion')),
      mostOfMotion,
      'x',
    ),
  ];
}

function atMost(promise: string, value: number | null | undefined, most: number, unit: string): Verdict {
  if (value === null || value === undefined) return { promise, measured: '-', reached: null };
  return { promise, measured: `${value.toFixed(2)} ${unit}`, reached: value <= most };
}

function costOf({ costs }: CostTable, program: string): Cost | undefined {
  return costs.find((cost) => cost.program === program);
}

function ratio(a: Cost | undefined, b: Cost | undefined): number | undefined {
  return a && b && a.cpuMs / b.cpuMs;
}
