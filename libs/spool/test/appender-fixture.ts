/** Appends to the spool in the folder that is named until it is killed, and says each index that was written. */
import { append, open } from './spool-fixture.ts';

const [folder = ''] = process.argv.slice(2);
const { spool } = await open({ folder, maxBytes: 1e9, segmentBytes: 100_000, maxAgeMs: Infinity });
let next = spool.state().records;
for (;;) {
  const some = Array.from({ length: 5 }, () => append(spool, String(next++), 5000));
  for (const index of some) process.stdout.write(`${await index}\n`);
}
