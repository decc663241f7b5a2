/** Prints how many MiB of its own this process (`--expose-gc`) grows by after a session's start, with batches of each size. */
import { resolveModel } from '../src/index.ts';
import { createSession } from '../src/session.ts';
import { ownMib } from './own-memory-fixture.ts';

const batch = 8;
const rounds = 40;

function heldMib(): number {
  globalThis.gc?.();
  return ownMib();
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
const before = heldMib();
// Neither up nor down: 3, 6, 1, 4, 7, 2, 5, 8.
for (let round = 0; round < rounds; round += 1) await session.run(1 + ((2 + 3 * round) % batch));
console.log(heldMib() - before);
await session.close();
