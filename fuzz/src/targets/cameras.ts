import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { renderFramePool } from '@framegate/load-generator';
import { openSource, SourceError } from '@framegate/video-source';
import { z } from 'zod';
import { mutateBytes, pick } from '../mutate.ts';
import type { Target } from '../target.ts';

const connectTimeoutMs = 250;
const readTimeoutMs = 100;
const framesRead = 3;
/** Of both kinds; those that drip keep the connection, as a camera does whose video has stopped. */
const kinds = ['rtsp', 'mjpeg', 'rtsp drips', 'mjpeg drips'] as const;

/** A hostile camera at the other end of a TCP connection: MJPEG over HTTP, and RTSP. */
export const cameras: Target = {
  name: 'cameras',
  share: 0.0003,
  boundMs: 10_000,
  async open() {
    const pool = await renderFramePool({ width: 160, height: 96 }, 4);
    const camera = new Worker(new URL('./hostile-camera.ts', import.meta.url));
    const [port] = z.tuple([z.int()]).parse(await once(camera, 'message'));
    return {
      make(random) {
        const kind = pick(random, kinds);
        const answer = kind.startsWith('rtsp') ? rtspAnswers() : [mjpegAnswer(pool)];
        const changed = Math.floor(random() * answer.length);
        return [
          Buffer.from(kind),
          ...answer.map((bytes, i) => (i === changed || random() < 0.1 ? mutateBytes(random, bytes) : bytes)),
        ];
      },
      async run([first, ...answers]) {
        const [kind, drips] = Buffer.from(first ?? [])
          .toString()
          .split(' ');
        camera.postMessage({ answers, drips: drips !== undefined });
        await once(camera, 'message');
        const isRtsp = kind === 'rtsp';
        const url = `${isRtsp ? 'rtsp' : 'http'}://127.0.0.1:${port}/stream`;
        const now = (): number => performance.now() * 1000;
        const options = { pace: 'realtime', connectTimeoutMs, readTimeoutMs, now } as const;
        try {
          const reader = await openSource({ kind: isRtsp ? 'rtsp' : 'mjpeg', url }, options);
          try {
            for (let i = 0; i < framesRead; i++) (await reader.read())?.close();
          } finally {
            await reader.close();
          }
          return 'taken';
        } catch (error) {
          if (error instanceof SourceError) return 'refused';
          throw error;
        }
      },
      async close() {
        await camera.terminate();
      },
    };
  },
};

function mjpegAnswer(pool: readonly Uint8Array[]): Buffer {
  const head = 'HTTP/1.1 200 OK\r\ncontent-type: multipart/x-mixed-replace; boundary=frame\r\n\r\n';
  const parts = pool.flatMap((jpeg) => [
    Buffer.from(`--frame\r\ncontent-type: image/jpeg\r\ncontent-length: ${jpeg.length}\r\n\r\n`),
    jpeg,
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([Buffer.from(head), ...parts]);
}

/** To OPTIONS, DESCRIBE, SETUP and PLAY, of RTSP 1.0 with interleaved H.264. */
function rtspAnswers(): Buffer[] {
  const sdp = [
    'v=0', 'o=- 0 0 IN IP4 127.0.0.1', 's=c', 't=0 0', 'm=video 0 RTP/AVP 96', 'a=rtpmap:96 H264/90000',
    'a=fmtp:96 packetization-mode=1;sprop-parameter-sets=Z0IAH5WoFAFuQA==,aM48gA==', 'a=control:track1', '',
  ].join('\r\n'); // prettier-ignore
  const answer = (sequence: number, rest: string): Buffer =>
    Buffer.from(`RTSP/1.0 200 OK\r\nCSeq: ${sequence}\r\n${rest}`);
  return [
    answer(1, 'Public: OPTIONS, DESCRIBE, SETUP, PLAY\r\n\r\n'),
    answer(2, `Content-Type: application/sdp\r\nContent-Length: ${sdp.length}\r\n\r\n${sdp}`),
    answer(3, 'Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\nSession: 1\r\n\r\n'),
    Buffer.concat([
      answer(4, 'Session: 1\r\n\r\n'),
      Buffer.from('240000108060000100000000000000006588848f', 'hex'),
      Buffer.from('24000010806000020000000000000000419a0000', 'hex'),
    ]),
  ];
}
