import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSource } from '@framegate/video-source';
import type { Luma } from './clip.ts';
import { clipSize, framesPerSecond } from './clip.ts';

/** Of an IP camera at 10 frames/s: 2 Mbit/s at 720p, in proportion to the pixels. */
const bitsAPixel = 2_000_000 / (1280 * 720);
const keyFrameSeconds = 2;

export interface H264Encoder {
  write(i420: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** Constant bit rate, a key frame every two seconds and none between, no B-frames: an IP camera's stream, by x264. */
export function encodeH264(path: string, { width, height } = clipSize): H264Encoder {
  const bitrate = Math.round(bitsAPixel * width * height);
  const input = `-f rawvideo -pix_fmt yuvj420p -s ${width}x${height} -r ${framesPerSecond} -i -`;
  const rate = `-b:v ${bitrate} -maxrate ${bitrate} -bufsize ${bitrate / 2} -g ${keyFrameSeconds * framesPerSecond}`;
  const coder = `-c:v libx264 -preset veryfast -tune zerolatency -threads 1 ${rate} -x264-params nal-hrd=cbr:scenecut=0`;
  const ffmpeg = spawn(
    'ffmpeg',
    [...`-hide_banner -loglevel error -y ${input} ${coder} -f matroska`.split(' '), path],
    { stdio: ['pipe', 'ignore', 'pipe'] },
  );
  let complaint = '';
  ffmpeg.stderr.on('data', (text: Buffer) => (complaint += text.toString()));
  ffmpeg.stdin.on('error', () => {}); // told by its exit
  const exited = new Promise<void>((resolve, reject) => {
    ffmpeg.once('error', (cause) =>
      reject(new Error('ffmpeg is not installed, which codes the clips: apt-get install ffmpeg.', { cause })),
    );
    ffmpeg.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`ffmpeg could not code a clip: ${complaint.trim()}`)),
    );
  });
  exited.catch(() => {}); // told by close()
  return {
    async write(i420) {
      if (!ffmpeg.stdin.write(Buffer.from(i420))) await Promise.race([once(ffmpeg.stdin, 'drain'), exited]);
    },
    async close() {
      ffmpeg.stdin.end();
      await exited;
    },
  };
}

/** The pictures of a coded clip, each valid until the next one, and the CPU time of decoding it. */
export async function* decodeH264(path: string): AsyncGenerator<{ luma: Luma; cpuMs: number }> {
  const reader = await openSource(
    { kind: 'file', path },
    { pace: 'none', now: () => performance.now() * 1000 },
  );
  try {
    for (;;) {
      const before = process.threadCpuUsage();
      const frame = await reader.read();
      if (frame === null) return;
      const { user, system } = process.threadCpuUsage(before);
      const { width, height } = frame;
      yield { luma: { ...frame.luma, width, height }, cpuMs: (user + system) / 1000 };
      frame.close();
    }
  } finally {
    await reader.close();
  }
}
