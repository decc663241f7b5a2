/**
 * How fast the spool writes and reads back frames, one after the other: MB/s of records, for each fsync policy.
 * `pnpm bench spool [--json] [--megabytes 256] [--record-bytes 100000] [--folder DIR]`. The folder says which disk is
 * measured; the default is the one for temporary files. Reading follows writing, so it comes from the page cache.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SyncPolicy } from '@framegate/spool';
import { openSpool } from '@framegate/spool';
import { benchOptions } from './bench-options.ts';

const policies: readonly (readonly [name: string, sync: SyncPolicy])[] = [
  ['never', 'never'],
  ['every second', { everyMs: 1000 }],
  ['always', 'always'],
];
/** Appends on their way at a time, as from that many cameras. */
const together = 8;

interface Row {
  readonly sync: string;
  readonly writeMBps: number;
  readonly readMBps: number;
}

async function measure(
  folder: string,
  [name, sync]: (typeof policies)[number],
  records: number,
  bytes: number,
): Promise<Row> {
  const quiet = { onFound() {}, onMissing() {}, onSetAside() {}, onTrouble() {}, onDropped() {} };
  const spool = await openSpool({
    folder: join(folder, name),
    maxBytes: 2 * records * bytes,
    maxAgeMs: Number.POSITIVE_INFINITY,
    sync,
    nowMs: Date.now,
    observer: quiet,
  });
  const body = new Uint8Array(bytes).fill(0xa5);
  const meta = Buffer.from('site/camera/1700000000/1');
  const writtenMs = await timeMs(async () => {
    for (let i = 0; i < records; i += together)
      await Promise.all(Array.from({ length: together }, () => spool.append(meta, body)));
  });
  const readMs = await timeMs(async () => {
    for (let [record] = await spool.peek(); record; [record] = await spool.peek())
      await spool.release(record.index);
  });
  await spool.close();
  const megabytes = (records * bytes) / 1e6;
  return { sync: name, writeMBps: megabytes / (writtenMs / 1000), readMBps: megabytes / (readMs / 1000) };
}

async function timeMs(task: () => Promise<void>): Promise<number> {
  const startMs = performance.now();
  await task();
  return performance.now() - startMs;
}

const flags = benchOptions({
  json: { type: 'boolean', default: false },
  megabytes: { type: 'number', default: 256, above: 0 },
  'record-bytes': { type: 'number', default: 100_000, from: 1, whole: true },
  folder: { type: 'string', default: tmpdir() },
});
const bytes = flags['record-bytes'];
const records = Math.ceil((flags.megabytes * 1e6) / bytes / together) * together;
const folder = await mkdtemp(join(flags.folder, 'framegate-spool-'));
const rows: Row[] = [];
try {
  for (const policy of policies) rows.push(await measure(folder, policy, records, bytes));
} finally {
  await rm(folder, { recursive: true });
}
if (flags.json)
  console.log(JSON.stringify({ schema: 'framegate.report/1', kind: 'bench', results: rows }, null, 2));
else {
  console.log(`${records} records of ${bytes} bytes, ${together} at a time, in ${flags.folder}`);
  console.log(`${'fsync'.padEnd(14)}write MB/s  read MB/s`);
  for (const { sync, writeMBps, readMBps } of rows)
    console.log(`${sync.padEnd(14)}${writeMBps.toFixed(0).padStart(10)}${readMBps.toFixed(0).padStart(11)}`);
}
