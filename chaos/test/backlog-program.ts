/** Takes several backlogs from a socket, as a service does from a broker that was away, and prints the MiB of glibc's main heap that are left. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { connect, createServer } from 'node:net';

const backlogBytes = 10 * 1024 * 1024;
const backlogs = 5;
/** Of a JPEG of 640x360. */
const frameBytes = 14_000;

const server = createServer((socket) => {
  socket.on('data', () => socket.write(Buffer.alloc(backlogBytes)));
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
const socket = connect(typeof address === 'object' ? (address?.port ?? 0) : 0, '127.0.0.1');
/** What is kept of each is small, and is taken while the backlog is there. */
const kept: Uint8Array[] = [];
for (let round = 0; round < backlogs; round += 1) kept.push(await smallAfterBacklog(socket));
socket.destroy();
server.close();
await once(server, 'close');
console.log(mainHeapMib());

async function smallAfterBacklog(from: Socket): Promise<Uint8Array> {
  from.write('more');
  const frames: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of from.iterator({ destroyOnReturn: false })) {
    if (!(piece instanceof Buffer)) throw new Error('a socket without an encoding gives bytes');
    bytes += piece.length;
    for (let at = 0; at + frameBytes <= piece.length; at += frameBytes)
      frames.push(Uint8Array.from(piece.subarray(at, at + frameBytes)));
    if (bytes >= backlogBytes) break;
  }
  return Buffer.allocUnsafeSlow(frames.length);
}

/** What is in memory of the mapping that `brk` moves. */
function mainHeapMib(): number {
  const [, kib] = /\[heap\]\n(?:.*\n)*?Rss: +(\d+) kB/.exec(readFileSync('/proc/self/smaps', 'utf8')) ?? [];
  if (kib === undefined) throw new Error('/proc/self/smaps has no [heap]');
  return Number(kib) / 1024;
}
