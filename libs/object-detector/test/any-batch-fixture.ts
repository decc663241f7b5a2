/** Prints how many MiB of its own this process (`--expose-gc`) grows by after a session's start, with batches of each size. */
import { setImmediate } from 'node:timers/promises';
import { resolveModel } from '../src/index.ts';
import { createSession } from '../src/session.ts';
import { ownMib } from './own-memory-fixture.ts';

const batch = 8;
const rounds = 40;
const looks = 10;

/** The least of some looks: what a collection found is freed a little later, by another thread. */
async function heldMib(): Promise<number> {
  let least = Infinity;
  for (let look = 0; look < looks; look += 1) {
    globalThis.gc?.();
    await setImmediate();
    least = Math.min(least, ownMib());
  }
  return least;
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
const before = await heldMib();
// Neither up nor down: 3, 6, 1, 4, 7, 2, 5, 8.
for (let round = 0; round < rounds; round += 1) {
  const images = 1 + ((2 + 3 * round) % batch);
  session.input.fill(0.5, 0, (images * session.input.length) / batch);
  await session.run(images);
}
console.log((await heldMib()) - before);
await session.close();
