import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile, readFile, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultRetention, openSqliteHistory } from '../src/index.ts';
import { connectSqlite } from '../src/sqlite/open-sqlite-history.ts';
import { migrate } from '../src/sql/migrations.ts';
import { appearance } from './contract/history-records-fixture.ts';
import { describeHistoryStore } from './history-contract-fixture.ts';

let folder: string;
let files = 0;
const newPath = (): string => join(folder, `${(files += 1)}`, 'history.db');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framegate-history-'));
});
afterAll(() => rm(folder, { recursive: true }));

describeHistoryStore('SQLite', async () => openSqliteHistory({ path: newPath() }));
describeHistoryStore('SQLite in memory', async () => openSqliteHistory({ path: ':memory:' }));

describe('a history in a file', () => {
  it('is there again after it was closed', async () => {
    const path = newPath();
    const first = openSqliteHistory({ path });
    await first.write({ appearances: [appearance('a')] });
    await first.close();
    const second = openSqliteHistory({ path });
    expect(await second.appearance('a')).toMatchObject({ id: 'a' });
    await second.close();
  });

  it('says that another process holds it, and goes on when it is free', async () => {
    const path = newPath();
    const store = openSqliteHistory({ path, lockTimeoutMs: 20 });
    await store.write({ appearances: [appearance('a')] });
    const other = new DatabaseSync(path);
    other.exec('BEGIN EXCLUSIVE');
    await expect(store.write({ appearances: [appearance('b')] })).rejects.toMatchObject({
      code: 'LOCKED',
      message: expect.stringContaining(path),
    });
    // Readers need no lock.
    expect(await store.appearance('a')).toMatchObject({ id: 'a' });
    other.exec('ROLLBACK');
    other.close();
    await store.write({ appearances: [appearance('b')] });
    expect(await store.appearance('b')).toMatchObject({ id: 'b' });
    await store.close();
  });

  it('says that it is full, and goes on when there is space', async () => {
    const path = newPath();
    const connection = connectSqlite({ path, lockTimeoutMs: 20 });
    await migrate(connection);
    const fill = (bytes: number) =>
      connection.write([
        {
          text: 'INSERT INTO documents (key, value, revision) VALUES ($1, $2, 1) ON CONFLICT DO NOTHING',
          params: [`${bytes}`, 'x'.repeat(bytes)],
        },
      ]);
    await connection.read({ text: 'PRAGMA max_page_count = 60' });
    await expect(fill(1e6)).rejects.toMatchObject({
      code: 'FULL',
      message: expect.stringContaining('free some'),
    });
    await fill(10);
    await connection.read({ text: 'PRAGMA max_page_count = 100000' });
    await fill(1e6);
    await connection.close();
  });

  it('says that the file is gone instead of writing where nobody looks, and begins a new one', async () => {
    const path = newPath();
    const store = openSqliteHistory({ path });
    await store.write({ appearances: [appearance('a')] });
    await rm(path);
    await expect(store.write({ appearances: [appearance('b')] })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringContaining('gone'),
    });
    await store.write({ appearances: [appearance('c')] });
    expect(existsSync(path)).toBe(true);
    expect((await store.findAppearances({ limit: 9 })).items.map(({ id }) => id)).toEqual(['c']);
    await store.close();
  });

  it('says that its folder can not be made, at each call, and works once it can', async () => {
    const path = newPath();
    await writeFile(join(folder, `${files}`), 'a file where the folder should be');
    const store = openSqliteHistory({ path });
    await expect(store.appearance('a')).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringContaining(path),
    });
    await rm(join(folder, `${files}`));
    expect(await store.appearance('a')).toBeNull();
    await store.close();
  });

  it('refuses a file that is no history', async () => {
    const path = join(folder, 'text.db');
    await writeFile(path, 'not a database, but long enough to look like one '.repeat(100));
    const store = openSqliteHistory({ path });
    await expect(store.appearance('a')).rejects.toMatchObject({
      code: 'CORRUPT',
      message: expect.stringContaining('move the file away'),
    });
    await store.close();
  });

  it('says that it may only be read', async () => {
    const path = newPath();
    const store = openSqliteHistory({ path });
    await store.write({ appearances: [appearance('a')] });
    await store.close();
    await chmod(path, 0o400);
    const other = openSqliteHistory({ path });
    // The superuser may write whatever the mode says.
    const write = other.write({ appearances: [appearance('b')] });
    if (process.getuid?.() === 0) await write;
    else await expect(write).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await other.close();
  });

  it('takes the database of an earlier version with all that is in it', async () => {
    const path = newPath();
    const earlier = connectSqlite({ path });
    await migrate(earlier, 1);
    await earlier.write([
      {
        text: `INSERT INTO audit_log (id, at_us, actor, action, subject) VALUES ('1', 5, 'ada', 'events.viewed', 'all')`,
      },
    ]);
    await expect(earlier.read({ text: 'SELECT * FROM documents' })).rejects.toThrow('no such table');
    await earlier.close();
    const store = openSqliteHistory({ path });
    expect((await store.auditLog({ limit: 9 })).items).toMatchObject([{ actor: 'ada', atUs: 5 }]);
    expect(await store.writeDocument('x', 1, 0)).toBe(1);
    await store.close();
  });

  it('refuses the database of a later version, and leaves it as it is', async () => {
    const path = newPath();
    const later = connectSqlite({ path });
    await migrate(later);
    await later.write([{ text: 'INSERT INTO schema_versions (version) VALUES (999)' }]);
    await later.close();
    const store = openSqliteHistory({ path });
    await expect(store.write({ appearances: [appearance('a')] })).rejects.toMatchObject({
      code: 'NEWER_SCHEMA',
      message: expect.stringContaining('schema version 999'),
    });
    await store.close();
  });

  it('leaves nothing of an erased thumbnail on the disk', async () => {
    const path = newPath();
    const store = openSqliteHistory({ path });
    const secret = 'SECRET-FACE-OF-SOMEBODY';
    const jpeg = new TextEncoder().encode(secret.repeat(100));
    await store.write({ appearances: [appearance('a')], thumbnails: [{ appearanceId: 'a', jpeg }] });
    const onDisk = async (): Promise<boolean> => {
      const contents = await Promise.all(
        [path, `${path}-wal`].filter((file) => existsSync(file)).map((file) => readFile(file)),
      );
      return contents.some((content) => content.includes(secret));
    };
    expect(await onDisk()).toBe(true);
    await store.erase({ cameraIds: ['north/gate'], fromUs: 0, untilUs: Number.MAX_SAFE_INTEGER });
    expect(await onDisk()).toBe(false);
    await store.close();
  });

  it('gives the space of deleted rows back', async () => {
    const path = newPath();
    const store = openSqliteHistory({ path });
    const appearances = Array.from({ length: 300 }, (_, i) => appearance(`a${i}`));
    const jpeg = new Uint8Array(10_000);
    await store.write({ appearances, thumbnails: appearances.map(({ id }) => ({ appearanceId: id, jpeg })) });
    const { bytes } = await store.maintain({ ...defaultRetention, maxBytes: 100_000 }, 0);
    expect(bytes).toBeLessThan(300_000);
    expect((await readFile(path)).byteLength).toBeLessThan(300_000);
    await store.close();
  });
});
