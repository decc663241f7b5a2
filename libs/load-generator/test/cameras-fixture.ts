/** Cameras in a process of their own: a reader of RTSP blocks its thread. Prints the second one's address; ends with stdin. */
import { renderFramePool, renderH264Loops, startMjpegServer, startRtspServer } from '../src/index.ts';

const size = { width: 320, height: 180 };
const place = { host: '127.0.0.1', port: 0, cameras: 3 };
const server =
  process.argv[2] === 'rtsp'
    ? await startRtspServer({ ...place, ...(await renderH264Loops(size)) })
    : await startMjpegServer({ ...place, pool: await renderFramePool(size) });
process.stdout.write(`${server.urlOf(1)}\n`);
let seq = 0;
setInterval(() => {
  const picture = { dueUs: performance.now() * 1000, seq: ++seq, moves: true };
  // Nobody may read it yet.
  server.send(1, picture).catch(() => {});
}, 50);
process.stdin.resume().once('end', () => process.exit(0));
