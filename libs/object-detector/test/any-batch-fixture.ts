/** Prints how many MiB of its own this process (`--expose-gc`) grows by after a session's start, with batches of each size. */
import { readFileSync } from 'node:fs';
import { resolveModel } from '../src/index.ts';
import { createSession } from '../src/session.ts';

const batch = 8;
const rounds = 40;

function ownMib(): number {
  globalThis.gc?.();
  const kibibytes = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return Number(kibibytes) / 1024;
}

const { path: modelPath, ...model } = await resolveModel('street-nano');
const session = await createSession({
  ...model,
  modelPath,
  batch,
  provider: 'cpu',
  threads: 1,
  maxPixels: 1e6,
});
const before = ownMib();
// Neither up nor down: 3, 6, 1, 4, 7, 2, 5, 8.
for (let round = 0; round < rounds; round += 1) await session.run(1 + ((2 + 3 * round) % batch));
console.log(ownMib() - before);
await session.close();
