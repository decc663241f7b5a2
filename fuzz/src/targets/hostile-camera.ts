/**
 * The other end of a camera's connection, in a thread of its own: reading a camera blocks the thread that reads. Answers
 * each thing it is sent with the next of its answers, and goes on with the last one until it hangs up.
 */
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { parentPort } from 'node:worker_threads';
import { z } from 'zod';

const behaviourSchema = z.object({
  answers: z.array(z.instanceof(Uint8Array)),
  /** Of the last answer, again and again. */
  drips: z.boolean(),
});

const dripEveryMs = 20;
/** What nothing else ends ends here. */
const hangUpMs = 600;

let behaviour: z.output<typeof behaviourSchema> = { answers: [], drips: false };

function behave(socket: Socket): void {
  const { answers, drips } = behaviour;
  let next = 0;
  let drip: NodeJS.Timeout | undefined;
  const hangUp = setTimeout(() => socket.destroy(), hangUpMs);
  socket.on('error', () => {});
  socket.on('close', () => {
    clearTimeout(hangUp);
    clearInterval(drip);
  });
  socket.on('data', () => {
    const answer = answers[next++];
    if (answer) socket.write(answer);
    if (next < answers.length) return;
    if (drips) drip ??= setInterval(() => socket.write(answers.at(-1) ?? ''), dripEveryMs);
    else socket.end();
  });
}

const server = createServer(behave);
server.listen(0, '127.0.0.1');
await once(server, 'listening');
parentPort?.on('message', (message: unknown) => {
  behaviour = behaviourSchema.parse(message);
  parentPort?.postMessage('ready');
});
const address = server.address();
parentPort?.postMessage(typeof address === 'object' && address !== null ? address.port : 0);
