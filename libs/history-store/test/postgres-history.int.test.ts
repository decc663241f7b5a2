import type { TestPostgres } from '@framegate/test-kit';
import { eventually, findPostgres, need, startTestPostgres } from '@framegate/test-kit';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPostgresHistory, type HistoryStore } from '../src/index.ts';
import { appearance } from './contract/history-records-fixture.ts';
import { describeHistoryStore } from './history-contract-fixture.ts';

const ready = need('PostgreSQL', () => findPostgres() !== undefined, 'apt-get install postgresql');

describe.runIf(ready)('with a real PostgreSQL', () => {
  let postgres: TestPostgres;
  let admin: Client;
  let schemas = 0;
  const newUrl = async (): Promise<string> => {
    const schema = `s${(schemas += 1)}`;
    await admin.query(`CREATE SCHEMA ${schema}`);
    return postgres.url(schema);
  };
  const open = async (): Promise<HistoryStore> => openPostgresHistory({ url: await newUrl() });
  const connect = async (): Promise<void> => {
    admin = new Client({ connectionString: postgres.url() });
    admin.on('error', () => {});
    await admin.connect();
  };

  beforeAll(async () => {
    postgres = await startTestPostgres();
    await connect();
  });
  afterAll(async () => {
    await admin.end();
    await postgres.stop();
  });

  describeHistoryStore('PostgreSQL', open);

  it('two consoles begin at once and see the same', async () => {
    const url = await newUrl();
    const stores = Array.from({ length: 2 }, () => openPostgresHistory({ url }));
    await Promise.all(stores.map((store, i) => store.write({ appearances: [appearance(`a${i}`)] })));
    for (const store of stores) {
      const { items } = await store.findAppearances({ limit: 9 });
      expect(items.map(({ id }) => id)).toEqual(['a1', 'a0']);
    }
    await Promise.all(stores.map((store) => store.close()));
  });

  it('says that somebody holds what it needs, and goes on when it is free', async () => {
    const url = await newUrl();
    const store = openPostgresHistory({ url, timeoutMs: 300 });
    await store.write({ appearances: [appearance('a')] });
    await admin.query(`BEGIN; LOCK TABLE s${schemas}.appearances IN ACCESS EXCLUSIVE MODE`);
    await expect(store.write({ appearances: [appearance('b')] })).rejects.toMatchObject({ code: 'LOCKED' });
    await admin.query('ROLLBACK');
    await store.write({ appearances: [appearance('b')] });
    await store.close();
  });

  it('fails while PostgreSQL is away instead of waiting, tells no password, and works again when it is back', async () => {
    const url = await newUrl();
    const store = openPostgresHistory({
      url: url.replace('framegate@', 'framegate:hunter2@'),
      timeoutMs: 2000,
    });
    await store.write({ appearances: [appearance('a')] });
    await postgres.kill();
    const failure = await store.appearance('a').catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'HistoryStoreError', code: 'UNAVAILABLE' });
    expect(String(failure)).not.toContain('hunter2');
    await postgres.restart();
    await connect();
    expect(await eventually(() => store.appearance('a'))).toMatchObject({ id: 'a' });
    await store.close();
  });

  it('says that nobody listens', async () => {
    const store = openPostgresHistory({ url: 'postgres://127.0.0.1:1/x', timeoutMs: 2000 });
    await expect(store.appearance('a')).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringContaining('is it running'),
    });
    await store.close();
  });
});
