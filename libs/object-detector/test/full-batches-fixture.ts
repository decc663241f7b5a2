/** Prints how many MiB of its own this process grows by from a detector's start on, with full batches of pixels. */
import { createDetector, resolveModel } from '../src/index.ts';
import { ownMib } from './own-memory-fixture.ts';

const maxBatch = 8;
const batches = 5;

const detector = await createDetector({ model: await resolveModel('street-nano'), maxBatch });
const before = ownMib();
const image = { width: 16, height: 16, sourceWidth: 16, sourceHeight: 16 };
for (let batch = 0; batch < batches; batch += 1)
  await detector.detectBatch(
    Array.from({ length: maxBatch }, () => ({ kind: 'rgb', data: new Uint8Array(768), ...image })),
  );
console.log(ownMib() - before);
await detector.close();
