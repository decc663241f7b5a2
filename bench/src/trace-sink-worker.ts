import { createServer } from 'node:http';
import { parentPort } from 'node:worker_threads';

/** A collector of traces that throws them away, in a thread of its own so that it takes none of the time measured. */
let bytes = 0;
const server = createServer((request, response) => {
  request.on('data', (chunk: Buffer) => void (bytes += chunk.byteLength));
  request.on('end', () => response.writeHead(200).end());
});
server.listen(0, '127.0.0.1', () => parentPort?.postMessage(server.address()));
parentPort?.on('message', () => parentPort?.postMessage({ bytes }));
