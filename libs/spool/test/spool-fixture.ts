import type { Spool, SpoolOptions } from '../src/port.ts';
import { openSpool } from '../src/spool.ts';
import { createMemoryDisk } from './memory-disk.ts';

export interface Events {
  readonly found: string[];
  /** `<meta> <why>` */
  readonly dropped: string[];
  missing: number;
  readonly aside: string[];
  readonly trouble: unknown[];
}

/** A spool in memory unless a folder is named, and what it told. */
export async function open(change: Partial<SpoolOptions> = {}): Promise<{ spool: Spool; events: Events }> {
  const events: Events = { found: [], dropped: [], missing: 0, aside: [], trouble: [] };
  const spool = await openSpool({
    folder: '',
    maxBytes: 1e6,
    maxAgeMs: 1e6,
    sync: 'never',
    nowMs: () => 0,
    ...('folder' in change ? {} : { files: createMemoryDisk() }),
    observer: {
      onFound: ({ meta }) => events.found.push(meta.toString()),
      onDropped: ({ meta }, why) => events.dropped.push(`${meta.toString()} ${why}`),
      onMissing: (records) => void (events.missing += records),
      onSetAside: (name, why) => events.aside.push(`${name}: ${why}`),
      onTrouble: (error) => events.trouble.push(error),
    },
    ...change,
  });
  return { spool, events };
}

export function append(spool: Spool, name: string, bytes = 10): Promise<number> {
  return spool.append(Buffer.from(name), bodyOf(name, bytes));
}

/** The body that belongs to a name, so that a wrong one is seen. */
export function bodyOf(name: string, bytes: number): Buffer {
  return Buffer.alloc(bytes, `${name}.`);
}

/** Takes all that is left, oldest first. */
export async function takeAll(spool: Spool): Promise<{ name: string; body: Buffer }[]> {
  const taken: { name: string; body: Buffer }[] = [];
  for (let [record] = await spool.peek(); record; [record] = await spool.peek()) {
    taken.push({ name: record.meta.toString(), body: record.body });
    await spool.release(record.index);
  }
  return taken;
}

export async function names(spool: Spool): Promise<string[]> {
  return (await takeAll(spool)).map(({ name }) => name);
}
