import type { SpoolFile, SpoolFiles } from '../src/spool-files.ts';

/** A folder in memory whose disk can be full, slow or broken, and that survives its spool as a disk survives a process. */
export interface MemoryDisk extends SpoolFiles {
  readonly contents: Map<string, Buffer>;
  readonly aside: Map<string, Buffer>;
  /** Bytes that fit; a write that exceeds them stores what fits and fails, as a real one does. */
  capacity: number;
  /** Awaited by each write. */
  hold: Promise<void>;
  /** Error code of each write, as long as it is set. */
  failure: string | undefined;
  /** Names that were flushed, in order. */
  readonly synced: string[];
}

export function createMemoryDisk(contents = new Map<string, Buffer>()): MemoryDisk {
  const fail = (code: string): Error => Object.assign(new Error(code), { code });
  const used = (): number => [...contents.values()].reduce((sum, { length }) => sum + length, 0);
  const store = (name: string, position: number, bytes: Buffer): void => {
    const before = contents.get(name) ?? Buffer.alloc(0);
    const room = Math.max(0, disk.capacity - used() + before.length - position);
    const stored = bytes.subarray(0, room);
    const after = Buffer.alloc(Math.max(before.length, position + stored.length));
    before.copy(after);
    stored.copy(after, position);
    contents.set(name, after);
    if (stored.length < bytes.length) throw fail('ENOSPC');
  };
  const asFile = (name: string): SpoolFile => ({
    size: async () => contents.get(name)?.length ?? 0,
    read: async (position, bytes) =>
      Buffer.from(contents.get(name)?.subarray(position, position + bytes) ?? []),
    async write(position, parts) {
      await disk.hold;
      if (disk.failure !== undefined) throw fail(disk.failure);
      store(name, position, Buffer.concat(parts));
    },
    async truncate(bytes) {
      contents.set(name, Buffer.from(contents.get(name)?.subarray(0, bytes) ?? []));
    },
    sync: async () => void disk.synced.push(name),
    close: async () => {},
  });
  const disk: MemoryDisk = {
    contents,
    aside: new Map(),
    capacity: Number.POSITIVE_INFINITY,
    hold: Promise.resolve(),
    failure: undefined,
    synced: [],
    list: async () => [...contents.keys()],
    async create(name) {
      if (contents.has(name)) throw fail('EEXIST');
      contents.set(name, Buffer.alloc(0));
      return asFile(name);
    },
    open: async (name) => asFile(name),
    readWhole: async (name) => contents.get(name),
    async replaceWhole(name, bytes) {
      store(`${name}.new`, 0, Buffer.from(bytes));
      contents.set(name, contents.get(`${name}.new`) ?? Buffer.alloc(0));
      contents.delete(`${name}.new`);
    },
    remove: async (name) => void contents.delete(name),
    async setAside(name) {
      disk.aside.set(name, contents.get(name) ?? Buffer.alloc(0));
      contents.delete(name);
    },
    sync: async () => {},
  };
  return disk;
}
