/**
 * FFmpeg's MJPEG encoder on YUV beside sharp (libjpeg-turbo) on RGB: time, bytes and fidelity at the same setting.
 * `node bench/src/jpeg.ts [--frames 40] [--file clip.mp4] [--json]`; decision 0002 quotes what it prints.
 *
 * Frames of 1280x720 (the scenes street and rain, unless `--file`), encoded at full size and 640 wide, scaling and
 * colour conversion included, in turn by blocks of ten frames (A B A B). CPU of all threads. PSNR against the frame
 * scaled to RGB, over all three channels.
 */
import type { Source, VideoFrame } from '@framegate/video-source';
import { openSource, parseSource } from '@framegate/video-source';
import sharp from 'sharp';
import { benchOptions } from './bench-options.ts';

const flags = benchOptions({
  json: { type: 'boolean', default: false },
  frames: { type: 'number', default: 40, from: 1, whole: true },
  file: { type: 'string' },
});
const blockFrames = 10;

interface Setting {
  readonly width: number;
  readonly height: number;
  readonly quality: number;
}

interface Tally {
  cpuMs: number;
  wallMs: number;
  bytes: number;
  squaredError: number;
  samples: number;
  frames: number;
}

type Encode = (frame: VideoFrame, setting: Setting) => Promise<Uint8Array>;

const encoders: Record<string, Encode> = {
  ffmpeg: async (frame, { width, quality }) => (await frame.encodeJpeg({ width, quality })).bytes,
  sharp: (frame, { width, height, quality }) =>
    sharp(frame.toRgb(width, height), { raw: { width, height, channels: 3 } })
      .jpeg({ quality })
      .toBuffer(),
};

async function encodeBlock(
  block: readonly VideoFrame[],
  setting: Setting,
  encode: Encode,
  tally: Tally,
): Promise<void> {
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const jpegs: Uint8Array[] = [];
  for (const frame of block) jpegs.push(await encode(frame, setting));
  tally.wallMs += performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpuBefore);
  tally.cpuMs += (user + system) / 1000;
  for (const [i, frame] of block.entries())
    await compare(frame, jpegs[i] ?? new Uint8Array(), setting, tally);
}

async function compare(
  frame: VideoFrame,
  jpeg: Uint8Array,
  { width, height }: Setting,
  tally: Tally,
): Promise<void> {
  const expected = frame.toRgb(width, height);
  const actual = await sharp(jpeg).raw().toBuffer();
  for (let i = 0; i < expected.length; i++)
    tally.squaredError += ((actual[i] ?? 0) - (expected[i] ?? 0)) ** 2;
  tally.samples += expected.length;
  tally.bytes += jpeg.length;
  tally.frames += 1;
}

async function readBlock(reader: { read(): Promise<VideoFrame | null> }): Promise<VideoFrame[]> {
  const block: VideoFrame[] = [];
  while (block.length < blockFrames) {
    const frame = await reader.read();
    if (!frame) break;
    block.push(frame);
  }
  return block;
}

async function measure(source: Source, frames: number) {
  const reader = await openSource(source, { pace: 'none', now: () => performance.now() * 1000 });
  const tallies = new Map<string, { setting: Setting; encoder: string; tally: Tally }>();
  // The first block warms both encoders up and isn't counted.
  for (let read = -blockFrames; read < frames; read += blockFrames) {
    const block = await readBlock(reader);
    for (const setting of settingsFor(reader.info)) {
      for (const [encoder, encode] of Object.entries(encoders)) {
        const key = `${encoder} ${JSON.stringify(setting)}`;
        const fresh = { cpuMs: 0, wallMs: 0, bytes: 0, squaredError: 0, samples: 0, frames: 0 };
        const entry = tallies.get(key) ?? { setting, encoder, tally: fresh };
        if (read >= 0) tallies.set(key, entry);
        await encodeBlock(block, setting, encode, entry.tally);
      }
    }
    for (const frame of block) frame.close();
    if (block.length < blockFrames) break;
  }
  await reader.close();
  return [...tallies.values()].map(({ setting, encoder, tally }) => ({
    ...setting,
    encoder,
    ...summary(tally),
  }));
}

function settingsFor({ width, height }: { width: number; height: number }): Setting[] {
  const half = { width: 640, height: Math.round((height * 640) / width / 2) * 2 };
  return [{ width, height }, half].flatMap((size) => [60, 75, 90].map((quality) => ({ ...size, quality })));
}

function summary({ cpuMs, wallMs, bytes, squaredError, samples, frames }: Tally) {
  return {
    cpuMs: cpuMs / frames,
    wallMs: wallMs / frames,
    bytes: Math.round(bytes / frames),
    psnrDb: 10 * Math.log10(255 ** 2 / (squaredError / samples)),
  };
}

sharp.concurrency(1);
const sources = flags.file === undefined ? ['scene:street?seed=1', 'scene:rain?seed=1'] : [flags.file];
const results = [];
for (const source of sources) {
  for (const row of await measure(parseSource(source), flags.frames)) results.push({ source, ...row });
}
if (flags.json) {
  console.log(
    JSON.stringify({ schema: 'framegate.report/1', kind: 'bench', bench: 'jpeg', results }, null, 2),
  );
} else {
  console.log('source               size      quality  encoder  CPU ms  wall ms    bytes  PSNR dB');
  for (const { source, width, height, quality, encoder, cpuMs, wallMs, bytes, psnrDb } of results) {
    const columns = [
      cpuMs.toFixed(2).padStart(6),
      wallMs.toFixed(2).padStart(8),
      `${bytes}`.padStart(8),
      psnrDb.toFixed(1).padStart(8),
    ];
    console.log(
      `${source.padEnd(21)}${`${width}x${height}`.padEnd(10)}${`${quality}`.padStart(7)}  ${encoder.padEnd(8)} ${columns.join(' ')}`,
    );
  }
}
