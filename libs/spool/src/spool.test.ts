import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryDisk } from '../test/memory-disk.ts';
import { append, bodyOf, names, open, takeAll } from '../test/spool-fixture.ts';
import { crc32c } from './crc32c.ts';

describe('a spool', () => {
  it('gives back what was appended, oldest first, and the same record until it is released', async () => {
    const { spool } = await open();
    expect(await Promise.all(['a', 'b', 'c'].map((name) => append(spool, name)))).toEqual([0, 1, 2]);
    expect((await spool.peek())[0]?.meta.toString()).toBe('a');
    expect((await spool.peek())[0]?.meta.toString()).toBe('a');
    await spool.release(0);
    expect(await takeAll(spool)).toEqual([
      { name: 'b', body: bodyOf('b', 10) },
      { name: 'c', body: bodyOf('c', 10) },
    ]);
    expect(spool.state()).toMatchObject({ records: 0, oldestAtMs: undefined });
  });

  it('tells a record as dropped that made room while it was held, unless its holder is done with it', async () => {
    const held = async () => {
      const { spool, events } = await open({ maxBytes: 3000, segmentBytes: 900 });
      await append(spool, 'held', 463);
      await spool.peek();
      for (let i = 0; i < 8; i++) await append(spool, `r${i}`, 400);
      const dropped = () => events.dropped.map((line) => line.split(' ')[0]);
      expect(dropped()).not.toContain('held');
      return { spool, dropped };
    };
    const again = await held();
    await again.spool.peek();
    expect(again.dropped()).toContain('held');
    const done = await held();
    await done.spool.release(0);
    await done.spool.peek();
    expect(done.dropped()).not.toContain('held');
  });

  it('gives many at a time, and takes back all up to one', async () => {
    const { spool } = await open({ segmentBytes: 200 });
    for (let i = 0; i < 9; i++) await append(spool, `r${i}`, 50);
    const some = await spool.peek(7);
    expect(some.map(({ meta }) => meta.toString())).toEqual(['r0', 'r1', 'r2', 'r3', 'r4', 'r5', 'r6']);
    await spool.release(some[4]?.index ?? 0);
    expect(await names(spool)).toEqual(['r5', 'r6', 'r7', 'r8']);
  });

  it('goes on where it ended, and tells what was left', async () => {
    const files = createMemoryDisk();
    const first = await open({ files });
    for (const name of ['a', 'b', 'c']) await append(first.spool, name);
    await first.spool.peek();
    await first.spool.release(0);
    await first.spool.close();
    const { spool, events } = await open({ files });
    expect(events.found).toEqual(['b', 'c']);
    expect(await append(spool, 'd')).toBe(3);
    expect(await names(spool)).toEqual(['b', 'c', 'd']);
    await spool.close();
    expect([...files.contents.keys()], 'nothing but the cursor is left').toEqual(['cursor']);
    const again = await open({ files });
    expect(await append(again.spool, 'e'), 'an index is never used twice').toBe(4);
  });

  it('drops the oldest files to stay within its bytes, and tells each record', async () => {
    const { spool, events } = await open({ maxBytes: 4000, segmentBytes: 1000 });
    for (let i = 0; i < 20; i++) await append(spool, `r${i}`, 400);
    expect(spool.state().bytes).toBeLessThanOrEqual(4000);
    expect(events.dropped.length).toBeGreaterThan(10);
    expect(events.dropped).toEqual(events.dropped.map((_, i) => `r${i} full`));
    const left = await names(spool);
    expect(left).toEqual(Array.from({ length: 20 }, (_, i) => `r${i}`).slice(events.dropped.length));
  });

  it('drops what is too old, one by one', async () => {
    let now = 0;
    const { spool, events } = await open({ maxAgeMs: 100, nowMs: () => now });
    await append(spool, 'a');
    now = 60;
    await append(spool, 'b');
    now = 101;
    await spool.trim();
    expect(events.dropped).toEqual(['a aged']);
    expect(spool.state()).toMatchObject({ records: 1, oldestAtMs: 60 });
    now = 161;
    expect(await spool.peek()).toEqual([]);
    expect(events.dropped).toEqual(['a aged', 'b aged']);
  });

  it('leaves the fate of a record to whoever holds it, though its file goes', async () => {
    let now = 0;
    const { spool, events } = await open({
      maxBytes: 3000,
      segmentBytes: 1000,
      maxAgeMs: 100,
      nowMs: () => now,
    });
    await append(spool, 'held', 400);
    const [held] = await spool.peek();
    now = 200;
    await spool.trim();
    for (let i = 0; i < 8; i++) await append(spool, `r${i}`, 400);
    expect(held?.body).toEqual(bodyOf('held', 400));
    await spool.release(0);
    expect(events.dropped.filter((line) => line.startsWith('held'))).toEqual([]);
    expect((await spool.peek())[0]?.meta.toString()).not.toBe('held');
  });

  it('refuses a record that is larger than a bound, and one after its end', async () => {
    const { spool } = await open({ maxBytes: 3000 });
    await expect(append(spool, 'a', 3000)).rejects.toMatchObject({ code: 'TOO_LARGE' });
    await expect(append(spool, 'x'.repeat(70_000))).rejects.toMatchObject({ code: 'TOO_LARGE' });
    await spool.close();
    await expect(append(spool, 'a')).rejects.toMatchObject({ code: 'CLOSED' });
  });

  it.each([
    ['never', []],
    ['always', ['0000000000000000.spool', '0000000000000000.spool']],
  ] as const)('forces appends to the disk %s', async (sync, synced) => {
    const files = createMemoryDisk();
    const { spool } = await open({ files, sync });
    await append(spool, 'a');
    await append(spool, 'b');
    expect(files.synced).toEqual(synced);
  });

  it('forces appends to the disk some time after they came', async () => {
    const files = createMemoryDisk();
    const { spool } = await open({ files, sync: { everyMs: 1 } });
    await append(spool, 'a');
    await expect.poll(() => files.synced).toEqual(['0000000000000000.spool']);
    await spool.close();
  });
});

describe('a disk that is no good', () => {
  it('when full, makes room by dropping the oldest, and leaves nothing of a record that did not fit', async () => {
    const files = createMemoryDisk();
    files.capacity = 3000;
    const { spool, events } = await open({ files, segmentBytes: 1000 });
    for (let i = 0; i < 20; i++) await append(spool, `r${i}`, 400);
    const left = await names((await open({ files })).spool);
    expect(events.dropped.length + left.length).toBe(20);
    expect(left.at(-1)).toBe('r19');
  });

  it('when somebody else fills it, gives up no more than the room that one record needs in a minute', async () => {
    const files = createMemoryDisk();
    let nowMs = 0;
    const { spool, events } = await open({ files, segmentBytes: 1000, nowMs: () => nowMs });
    for (let i = 0; i < 20; i++) await append(spool, `r${i}`, 400);
    files.failure = 'ENOSPC';
    for (nowMs = 0; nowMs < 60_000; nowMs += 10_000)
      await expect(append(spool, 'new', 400)).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(events.dropped).toEqual(['r0 full', 'r1 full']);
    await expect(append(spool, 'later', 400)).rejects.toMatchObject({ code: 'DISK_FULL' });
    files.failure = undefined;
    await append(spool, 'last', 400);
    expect(await names(spool)).toEqual([...Array.from({ length: 16 }, (_, i) => `r${i + 4}`), 'last']);
  });

  it('refuses when nothing is left to drop, and takes again what comes when there is room', async () => {
    const files = createMemoryDisk();
    files.capacity = 10;
    const { spool, events } = await open({ files });
    await expect(append(spool, 'a')).rejects.toMatchObject({ code: 'DISK_FULL' });
    files.capacity = 3000;
    await append(spool, 'b');
    expect(await names(spool)).toEqual(['b']);
    expect(events.dropped).toEqual([]);
  });

  it('refuses what is new, where nothing old may go, at its bytes and on a full disk', async () => {
    const files = createMemoryDisk();
    const { spool, events } = await open({ files, maxBytes: 2000, segmentBytes: 900, whenFull: 'refuse' });
    for (const name of ['a', 'b', 'c']) await append(spool, name, 400);
    await expect(append(spool, 'd', 600)).rejects.toMatchObject({ code: 'FULL' });
    files.capacity = 10;
    await expect(append(spool, 'e', 10)).rejects.toMatchObject({ code: 'DISK_FULL' });
    files.capacity = 3000;
    await append(spool, 'f', 10);
    expect(await names(spool)).toEqual(['a', 'b', 'c', 'f']);
    expect(events.dropped).toEqual([]);
  });

  it('keeps all that was there when it fails otherwise', async () => {
    const files = createMemoryDisk();
    const { spool } = await open({ files });
    await append(spool, 'a');
    files.failure = 'EIO';
    await expect(append(spool, 'b')).rejects.toMatchObject({ code: 'DISK_FAILED' });
    files.failure = undefined;
    await append(spool, 'c');
    expect(await names(spool)).toEqual(['a', 'c']);
  });

  it('when slow, refuses what exceeds the memory for what waits, and stores the rest', async () => {
    const files = createMemoryDisk();
    const hold = Promise.withResolvers<void>();
    files.hold = hold.promise;
    const { spool } = await open({ files, maxWaitingBytes: 1000 });
    const results = Array.from({ length: 6 }, (_, i) => append(spool, `r${i}`, 400));
    const settled = Promise.allSettled(results);
    hold.resolve();
    const refused = (await settled).filter(({ status }) => status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    for (const refusal of refused) expect(refusal).toMatchObject({ reason: { code: 'TOO_SLOW' } });
    expect(await names(spool)).toHaveLength(6 - refused.length);
  });
});

/** A spool with a closed file and one that was written last, as it stands on the disk; and the names in it. */
async function written(): Promise<{ contents: Map<string, Buffer>; all: string[] }> {
  const files = createMemoryDisk();
  const { spool } = await open({ files, segmentBytes: 300 });
  const all = Array.from({ length: 7 }, (_, i) => `r${i}`);
  for (const name of all) await append(spool, name, 20 + name.charCodeAt(1));
  return { contents: files.contents, all };
}

const copyOf = (contents: ReadonlyMap<string, Buffer>): Map<string, Buffer> =>
  new Map([...contents].map(([name, bytes]) => [name, Buffer.from(bytes)]));

describe('what a crash or the disk did to the files', () => {
  it('cut at any byte, every record before the cut is there and the rest is not, and appending goes on', async () => {
    const { contents, all } = await written();
    const [last = ''] = [...contents.keys()].toSorted().slice(-1);
    const size = contents.get(last)?.length ?? 0;
    let seen = 0;
    for (let cut = 0; cut <= size; cut++) {
      const copy = copyOf(contents);
      copy.set(last, Buffer.from(contents.get(last)?.subarray(0, cut) ?? []));
      const { spool, events } = await open({ files: createMemoryDisk(copy), segmentBytes: 300 });
      await append(spool, 'new');
      const taken = await takeAll(spool);
      const before = taken.length - 1;
      expect(taken.map(({ name }) => name)).toEqual([...all.slice(0, before), 'new']);
      expect(before, `cut at ${cut}`).toBeGreaterThanOrEqual(seen);
      for (const { name, body } of taken.slice(0, -1))
        expect(body).toEqual(bodyOf(name, 20 + name.charCodeAt(1)));
      expect(events).toMatchObject({ dropped: [], missing: 0, aside: [] });
      seen = before;
    }
    expect(seen).toBe(all.length);
  });

  it('changed in any byte, at most one record or one file is not as it was, and that is told', async () => {
    const { contents, all } = await written();
    for (const [name, bytes] of contents) {
      for (let at = 0; at < bytes.length; at++) {
        const copy = copyOf(contents);
        copy.get(name)?.writeUInt8(bytes.readUInt8(at) ^ 0x40, at);
        const { spool, events } = await open({ files: createMemoryDisk(copy) });
        const taken = await takeAll(spool);
        for (const { name: record, body } of taken)
          expect(body).toEqual(bodyOf(record, 20 + record.charCodeAt(1)));
        const gone = all.length - taken.length;
        if (events.aside.length > 0) expect(events.aside[0]).toContain(name);
        else expect(gone, `${name} at ${at}`).toBeLessThanOrEqual(1);
        if (events.aside.length === 0 && gone > 0 && name !== [...contents.keys()].at(-1))
          expect(events.dropped.length + events.missing, `${name} at ${at}`).toBe(gone);
      }
    }
  });

  it('a version 1 of it, byte by byte as it was written, is still read', async () => {
    const golden = Buffer.from(
      '464753504f4f4c0001000000785634120000000000001c4031089e23' +
        '785634120000000000001c400000000000408f4002000000030000001ef230f17cfc1e966d31010203',
      'hex',
    );
    const files = createMemoryDisk(new Map([['0000000000000007.spool', golden]]));
    const { spool } = await open({ files });
    expect((await spool.peek())[0]).toEqual({
      index: 7,
      atMs: 1000,
      meta: Buffer.from('m1'),
      body: Buffer.from([1, 2, 3]),
    });
  });

  it('files of others, of a newer version and with damaged heads are named, set aside and left as they are', async () => {
    const { contents } = await written();
    const [first = '', second = '', third = ''] = [...contents.keys()].toSorted();
    const newer = Buffer.from(contents.get(first) ?? []);
    newer.writeUInt16LE(2, 8);
    newer.writeUInt32LE(crc32c(newer.subarray(0, 24)), 24);
    contents.set(first, newer);
    contents.get(second)?.writeUInt8(1, 20);
    contents.set('notes.txt', Buffer.from('mine'));
    contents.set('9999999999999999.spool', Buffer.alloc(100, 'x'));
    contents.set('0000000000000900.spool', Buffer.from(contents.get(third) ?? []));
    contents.set('cursor', Buffer.from('nonsense'));
    const files = createMemoryDisk(contents);
    const { spool, events } = await open({ files });
    expect(events.aside.map((line) => line.replace(/(: it holds|: it is|: its|: a newer).*/, '$1'))).toEqual([
      'notes.txt: it is',
      'cursor: it holds',
      `${first}: a newer`,
      `${second}: its`,
      '0000000000000900.spool: it is',
      '9999999999999999.spool: it is',
    ]);
    expect(files.aside.get('notes.txt')?.toString()).toBe('mine');
    expect(files.aside.get(first)).toEqual(newer);
    await append(spool, 'new');
    expect((await names(spool)).at(-1)).toBe('new');
  });
});

describe('whatever is done to it', () => {
  type Step =
    | { do: 'append'; bytes: number }
    | { do: 'take' | 'peek' | 'close' | 'crash' | 'trim' }
    | { do: 'wait'; ms: number };
  const steps: fc.Arbitrary<Step> = fc.oneof(
    { weight: 5, arbitrary: fc.record({ do: fc.constant('append' as const), bytes: fc.nat(600) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('take' as const) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constantFrom('peek' as const, 'close' as const, 'crash' as const, 'trim' as const),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat(40) }) },
  );

  it('every record that was appended is taken or told as dropped, in order, and the bounds hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { maxLength: 60 }), async (all) => {
        const files = createMemoryDisk();
        let now = 0;
        const options = { files, maxBytes: 3000, segmentBytes: 900, maxAgeMs: 100, nowMs: () => now };
        let { spool, events } = await open(options);
        const appended: string[] = [];
        const gone = new Set<string>();
        let inHand: string | undefined;
        const noteDropped = (): void =>
          events.dropped.splice(0).forEach((line) => gone.add(line.split(' ')[0] ?? ''));
        for (const step of all) {
          if (step.do === 'append') {
            const name = `r${appended.length}`;
            await append(spool, name, step.bytes);
            appended.push(name);
          } else if (step.do === 'take') {
            const [record] = await spool.peek();
            inHand = undefined;
            noteDropped();
            const oldest = appended.find((name) => !gone.has(name));
            // After a crash records that were released just before come again, and only those.
            if (record && !gone.has(record.meta.toString())) expect(record.meta.toString()).toBe(oldest);
            if (record) gone.add(record.meta.toString());
            if (record) await spool.release(record.index);
          } else if (step.do === 'wait') now += step.ms;
          else if (step.do === 'peek') inHand = (await spool.peek())[0]?.meta.toString();
          else if (step.do === 'trim') await spool.trim();
          else {
            if (step.do === 'close') await spool.close();
            noteDropped();
            ({ spool, events } = await open(options));
            // What made room while somebody held it died with who would have told.
            const left = (await spool.peek(1000)).map(({ meta }) => meta.toString());
            if (inHand !== undefined && !left.includes(inHand)) gone.add(inHand);
            inHand = undefined;
            await spool.peek();
          }
          noteDropped();
          expect(spool.state().bytes).toBeLessThanOrEqual(3000);
          expect(events).toMatchObject({ missing: 0, aside: [], trouble: [] });
        }
        const rest = await names(spool);
        noteDropped();
        const left = appended.filter((name) => !gone.has(name));
        expect(rest.filter((name) => !gone.has(name))).toEqual(left);
      }),
      { numRuns: 300 },
    );
  });

  it('random bytes and random changes of files never make it throw, and it works afterwards', async () => {
    const { contents } = await written();
    const files = [...contents.keys()];
    const change = fc.record({ file: fc.constantFrom(...files, '0000000000000500.spool', 'cursor'), at: fc.nat(500), bytes: fc.uint8Array({ maxLength: 60 }), cut: fc.boolean() }); // prettier-ignore
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 6 }), async (changes) => {
        const copy = copyOf(contents);
        for (const { file, at, bytes, cut } of changes) {
          const before = copy.get(file) ?? Buffer.alloc(0);
          const head = Buffer.concat([before, Buffer.alloc(at)]).subarray(0, at);
          copy.set(
            file,
            Buffer.concat([head, bytes, cut ? Buffer.alloc(0) : before.subarray(at + bytes.length)]),
          );
        }
        const { spool } = await open({ files: createMemoryDisk(copy) });
        await append(spool, 'new', 5);
        const taken = await takeAll(spool);
        expect(taken.at(-1)).toEqual({ name: 'new', body: bodyOf('new', 5) });
      }),
      { numRuns: 500 },
    );
  });
});
