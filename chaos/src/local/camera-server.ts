/** Network cameras of an experiment: MJPEG under /camera-1, /camera-2 … Arguments: port, frames a second. */
import { createServer } from 'node:http';
import { renderFramePool } from '@framegate/load-generator';

const [port, framesPerSecond] = process.argv.slice(2).map(Number);
const boundary = 'frame';
/** 12 s of a street; each camera begins elsewhere in it. */
const pool = await renderFramePool({ width: 320, height: 180 }, 60);

const server = createServer((request, response) => {
  response.writeHead(200, { 'content-type': `multipart/x-mixed-replace; boundary=${boundary}` });
  let next = 17 * Number(/\d+/.exec(request.url ?? '')?.[0] ?? 0);
  const timer = setInterval(
    () => {
      const jpeg = pool[next++ % pool.length] ?? new Uint8Array();
      response.write(`--${boundary}\r\ncontent-type: image/jpeg\r\ncontent-length: ${jpeg.length}\r\n\r\n`);
      response.write(jpeg);
      response.write('\r\n');
    },
    1000 / (framesPerSecond ?? 5),
  );
  response.on('close', () => clearInterval(timer));
});
server.listen(port, '127.0.0.1', () => process.stdout.write('ready\n'));
