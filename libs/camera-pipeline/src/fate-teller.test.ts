import type { EventMessage } from '@framegate/contracts';
import type { Producer } from '@framegate/message-bus';
import type { Spool, SpoolRecord } from '@framegate/spool';
import { describe, expect, it, vi } from 'vitest';
import { tellThroughSpool } from './fate-teller.ts';

const message = (key: string): EventMessage => ({ key, headers: {}, body: Buffer.from(key) });

/** A journal whose disk can be full. */
function fakeJournal() {
  const records: SpoolRecord[] = [];
  const disk = { isFull: false };
  let next = 0;
  const spool: Spool = {
    append: async (meta, body) => {
      if (disk.isFull) throw new Error('no room');
      records.push({ index: next, atMs: 0, meta: Buffer.from(meta), body: Buffer.from(body) });
      return next++;
    },
    peek: async (max = 1) => records.slice(0, max),
    release: async (through) =>
      void records.splice(0, records.findLastIndex(({ index }) => index <= through) + 1),
    trim: async () => {},
    state: () => ({ records: records.length, bytes: 0, oldestAtMs: undefined }),
    close: async () => {},
  };
  return { spool, disk, keys: () => records.map(({ body }) => body.toString()) };
}

/** A producer whose bus answers only while it is there. */
function fakeProducer() {
  const sent: string[] = [];
  const pending: { store: () => void; reject: (error: Error) => void }[] = [];
  const bus = { isThere: true };
  const producer: Producer = {
    send: (_topic, { key }) => {
      const { promise, resolve, reject } = Promise.withResolvers<{ partition: number; offset: bigint }>();
      const store = (): void => {
        sent.push(key);
        resolve({ partition: 0, offset: 0n });
      };
      if (bus.isThere) store();
      else pending.push({ store, reject });
      return promise;
    },
    flush: async () => {},
    queued: () => pending.length,
    close: async () => {
      for (const { reject } of pending.splice(0)) reject(new Error('closed'));
    },
  };
  const comeBack = (): void => {
    bus.isThere = true;
    for (const { store } of pending.splice(0)) store();
  };
  return { producer, bus, sent, comeBack };
}

describe('fates on their way to the bus', () => {
  it('are in the journal while the bus is away, and told when it is back', async () => {
    const { spool, keys } = fakeJournal();
    const { producer, bus, sent, comeBack } = fakeProducer();
    bus.isThere = false;
    const teller = tellThroughSpool(spool, producer, () => {});
    await teller.tell([message('a'), message('b')]);
    expect(keys()).toEqual(['a', 'b']);
    comeBack();
    await vi.waitFor(() => expect(keys()).toEqual([]));
    expect(sent).toEqual(['a', 'b']);
    await teller.close(0);
  });

  it('go straight to the bus while the disk is full', async () => {
    const { spool, disk } = fakeJournal();
    const { producer, sent } = fakeProducer();
    const troubles: unknown[] = [];
    disk.isFull = true;
    const teller = tellThroughSpool(spool, producer, (error) => troubles.push(error));
    await teller.tell([message('a')]);
    expect(sent).toEqual(['a']);
    expect(troubles).toHaveLength(1);
    await teller.close(0);
  });

  it('are kept by a disk that has room again before the bus is back', async () => {
    const { spool, disk, keys } = fakeJournal();
    const { producer, bus } = fakeProducer();
    [disk.isFull, bus.isThere] = [true, false];
    const teller = tellThroughSpool(spool, producer, () => {
      disk.isFull = false;
    });
    await teller.tell([message('a')]);
    expect(keys()).toEqual(['a']);
    await teller.close(0);
  });
});
