import type { Appearance, HistoryStore } from '@framegate/history-store';
import { defaultRetention, HistoryStoreError } from '@framegate/history-store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Access } from '../src/access/access.ts';
import type { TestConsole } from './console-fixture.ts';
import { startTestConsole } from './console-fixture.ts';
import { frameOf } from './frames-fixture.ts';

/** Who asks stands in a header here. */
const access: Access = {
  signIn: undefined,
  identify: async ({ headers: { 'x-test': name } }) =>
    name === 'olga' || name === 'vera' ? { name, role: name === 'olga' ? 'operator' : 'viewer' } : undefined,
};

let served: TestConsole;
beforeAll(async () => {
  served = await startTestConsole({ access });
  const thumbnails = [{ appearanceId: 'north.gate.1.1.0', jpeg: new Uint8Array([0xff, 0xd8, 0xff, 0xd9]) }];
  const appearances = [
    appearance(1),
    appearance(2, { className: 'car', zones: ['=cmd'], bestScore: 0.95 }),
    appearance(3, { cameraId: 'north/door' }),
  ];
  await served.past.write({ appearances, thumbnails });
});
afterAll(() => served.close());

const t0Us = 1_767_225_600e6;

function appearance(n: number, fields: Partial<Appearance> = {}): Appearance {
  const box = [1, 2, 30, 80] as const;
  const startUs = t0Us + n * 60e6;
  return {
    id: `north.gate.1.${n}.0`,
    cameraId: 'north/gate',
    className: 'person',
    startUs,
    endUs: startUs + 5e6,
    open: false,
    detections: 9,
    bestScore: 0.8,
    bestAtUs: startUs,
    box,
    firstBox: box,
    lastBox: box,
    sourceWidth: 1280,
    sourceHeight: 720,
    zones: ['yard'],
    ...fields,
  };
}

const ask = (path: string, init: RequestInit = {}, who = 'olga', at = served) =>
  fetch(at.url + path, {
    ...init,
    headers: { 'x-test': who, 'content-type': 'application/json' },
  });
const erase = (body: unknown, who?: string) =>
  ask('/v1/events/erase', { method: 'POST', body: JSON.stringify(body) }, who);
const pageSchema = z.object({ items: z.array(z.object({ id: z.string() })), next: z.string().nullable() });
const logSchema = z.object({
  items: z.array(z.object({ actor: z.string(), action: z.string(), subject: z.string() })),
});
const idsOf = async (reply: Response): Promise<string[]> => {
  const { items } = pageSchema.parse(await reply.json());
  return items.map(({ id }) => id);
};

describe('the events of the console', () => {
  it('are found by what is asked for, page by page', async () => {
    const id = (n: number) => `north.gate.1.${n}.0`;
    expect(await idsOf(await ask('/v1/events'))).toEqual([id(3), id(2), id(1)]);
    expect(await idsOf(await ask('/v1/events?camera=north/gate&camera=north/door&class=person'))).toEqual([
      id(3),
      id(1),
    ]);
    expect(await idsOf(await ask('/v1/events?zone=yard&minScore=0.5'))).toEqual([id(3), id(1)]);
    expect(await idsOf(await ask(`/v1/events?fromUs=${t0Us + 120e6}&untilUs=${t0Us + 130e6}`))).toEqual([
      id(2),
    ]);
    const first = pageSchema.parse(await (await ask('/v1/events?limit=2')).json());
    expect(await idsOf(await ask(`/v1/events?limit=2&cursor=${first.next}`))).toEqual([id(1)]);
  });

  it('have a picture, or say that they have none', async () => {
    const picture = await ask('/v1/events/north.gate.1.1.0/thumbnail');
    expect(picture.headers.get('content-type')).toBe('image/jpeg');
    expect((await picture.arrayBuffer()).byteLength).toBe(4);
    expect((await ask('/v1/events/north.gate.1.2.0/thumbnail')).status).toBe(404);
    expect(await (await ask('/v1/events/north.gate.1.1.0')).json()).toMatchObject({ hasThumbnail: true });
    expect((await ask('/v1/events/absent')).status).toBe(404);
  });

  it('are exported as JSON and CSV, and no spreadsheet takes a name for a formula', async () => {
    const json = await ask('/v1/events/export?class=car');
    expect(json.headers.get('content-disposition')).toMatch(/attachment; filename="events-.*\.json"/);
    expect(await json.json()).toMatchObject([{ class: 'car', startUtc: '2026-01-01T00:02:00.000Z' }]);
    const csv = await ask('/v1/events/export?format=csv');
    expect(csv.headers.get('content-type')).toContain('text/csv');
    const lines = (await csv.text()).trim().split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[2]).toContain("'=cmd");
  });

  it.each([
    ['/v1/events?camera=gate', 'query.camera'],
    ['/v1/events?minScore=2', 'query.minScore'],
    ['/v1/events?fromUs=yesterday', 'query.fromUs'],
    ['/v1/events?limit=100000', 'query.limit'],
    ['/v1/events?cursor=nonsense', 'cursor "nonsense"'],
    ['/v1/events/export?format=xlsx', 'query.format'],
  ])('refuse %s with what is wrong with it', async (path, problem) => {
    const reply = await ask(path);
    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({ detail: expect.stringContaining(problem) });
  });

  it('are erased by an operator only, and stay so', async () => {
    const body = { cameras: ['north/door'], fromUs: t0Us, untilUs: t0Us + 3600e6 };
    expect((await erase(body, 'vera')).status).toBe(403);
    expect((await erase(body, 'nobody')).status).toBe(401);
    expect((await erase({ ...body, cameras: [] })).status).toBe(400);
    expect((await erase({ ...body, untilUs: t0Us })).status).toBe(400);
    expect((await erase('x'.repeat(10_000_000))).status).toBe(413);
    expect(await (await erase(body)).json()).toEqual({ erased: 1 });
    expect(await idsOf(await ask('/v1/events?camera=north/door'))).toEqual([]);
    expect(await (await erase(body)).json()).toEqual({ erased: 0 });
  });

  it('leave in the log who looked, exported and erased, which only operators read', async () => {
    await ask('/v1/events?class=dog', {}, 'vera');
    expect((await ask('/v1/audit', {}, 'vera')).status).toBe(403);
    await expect
      .poll(async () => {
        const { items } = logSchema.parse(await (await ask('/v1/audit')).json());
        return items.map(({ actor, action, subject }) => `${actor} ${action} ${subject}`);
      })
      .toEqual(
        expect.arrayContaining([
          'vera events.viewed all cameras dog',
          'olga events.exported all cameras as csv',
          expect.stringContaining('olga events.erased north/door from 2026-01-01T00:00:00.000Z'),
        ]),
      );
  });

  it('come from what is detected', async () => {
    const seen = Array.from({ length: 3 }, (_, i) => frameOf(i + 1, { cameraId: 'north/yard' }));
    for (const frame of seen) {
      await served.capture(frame);
      await served.detect(frame);
    }
    await expect
      .poll(async () => idsOf(await ask('/v1/events?camera=north/yard')))
      .toEqual(['north.yard.1.1.0']);
  });

  it('are said to be missing while the history is away, and all else goes on', async () => {
    const away = () => Promise.reject(new HistoryStoreError('LOCKED', 'history /secret/path: locked'));
    const store: HistoryStore = { ...served.past, findAppearances: away, write: away, readDocument: away };
    const troubled = await startTestConsole({ access, past: { store, retention: defaultRetention } });
    const reply = await ask('/v1/events', {}, 'olga', troubled);
    expect(reply.status).toBe(503);
    const problem = await reply.text();
    expect(problem).toContain('locked');
    expect(problem).not.toContain('/secret');
    expect((await ask('/v1/cameras', {}, 'olga', troubled)).status).toBe(200);
    // What can't be told is not done.
    expect((await ask('/v1/events/export', {}, 'olga', troubled)).status).toBe(503);
    await troubled.close();
  });
});
