import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import type { Luma } from '../clips/clip.ts';
import { clipSize, framesPerSecond } from '../clips/clip.ts';
import type { Mark } from '../scoring/mark.ts';
import type { GateRun, GateSetting, OnMarks } from './gate-run.ts';
import { packedLuma } from './packed-luma.ts';

/** The whole frame: these filters know no places. */
const everywhere: Mark['box'] = [0, 0, clipSize.width, clipSize.height];
/** What FFmpeg's documentation shows for scene changes. */
const sceneThreshold = 0.4;
/** mpdecimate's own `hi` and `lo`: changed pixels of an 8x8 block, and of a block that may not be rare. */
const decimate = { hi: 64 * 12, lo: 64 * 5 } as const;
const decimateFactors = [0.5, 2, 4, 8];
const greyChroma = Buffer.alloc((clipSize.width * clipSize.height) / 2, 128);

/**
 * FFmpeg's `select=scene` and `mpdecimate` on the planes, in one process of FFmpeg: one output for the scene scores,
 * one for each setting of mpdecimate, which names the frames that it kept.
 */
export function runFfmpeg(curves: boolean, onMarks: OnMarks): GateRun {
  const factors = [1, ...(curves ? decimateFactors : [])];
  const child = spawn('ffmpeg', argumentsFor(factors), {
    stdio: ['pipe', 'pipe', 'inherit', ...factors.map(() => 'pipe' as const)],
  });
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  failed.catch(() => {});
  const { stdin } = child;
  stdin?.on('error', () => {}); // told by its exit
  const texts = [child.stdout, ...factors.map((_, index) => child.stdio[3 + index])].map(textOf);
  let frames = 0;

  return {
    settings: [sceneSetting, ...factors.map(decimateSetting)],
    async add(frame: number, luma: Luma) {
      frames = frame + 1;
      stdin?.write(packedLuma(luma));
      if (stdin?.write(greyChroma) === false) await Promise.race([once(stdin, 'drain'), failed]);
    },
    async finish() {
      stdin?.end();
      const [sceneText = '', ...keptTexts] = await Promise.all(texts);
      const scores = sceneScores(sceneText);
      const kept = keptTexts.map(keptFrames);
      for (let frame = 0; frame < frames; frame++)
        onMarks(frame, [
          marked(scores.get(frame) ?? 0),
          ...kept.map((each) => marked(each.has(frame) ? 1 : 0)),
        ]);
      return [sceneSetting, ...factors].map(() => null);
    },
  };
}

const sceneSetting: GateSetting = {
  gate: 'select=scene',
  setting: 'scene',
  isDefault: true,
  threshold: sceneThreshold,
  hasRegions: false,
};

function decimateSetting(factor: number): GateSetting {
  return {
    gate: 'mpdecimate',
    setting: `hi, lo x${factor}`,
    isDefault: factor === 1,
    threshold: 1,
    hasRegions: false,
  };
}

function argumentsFor(factors: readonly number[]): string[] {
  const { width, height } = clipSize;
  const copies = factors.map((_, index) => `[d${index}]`).join('');
  const decimators = factors.map(
    (factor, index) =>
      // A corner is enough to be told which frames were kept.
      `[d${index}]mpdecimate=hi=${factor * decimate.hi}:lo=${factor * decimate.lo},crop=16:16:0:0[o${index}]`,
  );
  const scene = `[s]select='gte(scene,0)',metadata=print:file=-:direct=1,crop=16:16:0:0[o]`;
  const graph = [`split=${factors.length + 1}[s]${copies}`, scene, ...decimators].join(';');
  const input = `-f rawvideo -pix_fmt yuv420p -s ${width}x${height} -r ${framesPerSecond} -i -`;
  const general = '-hide_banner -loglevel error -nostats -threads 1 -filter_complex_threads 1';
  return [
    ...`${general} ${input} -filter_complex`.split(' '),
    graph,
    ...'-map [o] -f null /dev/null'.split(' '),
    ...factors.flatMap((_, index) =>
      `-map [o${index}] -vsync passthrough -f framecrc pipe:${3 + index}`.split(' '),
    ),
  ];
}

async function textOf(stream: unknown): Promise<string> {
  let text = '';
  if (!(stream instanceof Readable)) return text;
  for await (const part of stream) text += String(part);
  return text;
}

function sceneScores(text: string): Map<number, number> {
  const found = text.matchAll(/frame:\d+\s+pts:(\d+)[^\n]*\nlavfi\.scene_score=([\d.]+)/g);
  return new Map([...found].map(([, pts, score]) => [Number(pts), Number(score)]));
}

/** Lines of framecrc: stream, dts, pts, duration, size, checksum. */
function keptFrames(text: string): Set<number> {
  return new Set([...text.matchAll(/^\d+,\s*-?\d+,\s*(\d+),/gm)].map(([, pts]) => Number(pts)));
}

function marked(strength: number): Mark[] {
  return strength > 0 ? [{ box: everywhere, strength }] : [];
}
