import { describe, expect, it } from 'vitest';
import type { Appearance, HistoryStore, RetentionPolicy, Sample } from '../src/index.ts';
import { defaultRetention, maxThumbnailBytes, summarize, summaryQuantile } from '../src/index.ts';

const secondUs = 1e6;
/** 2026-01-01T00:00:00Z */
const t0 = 1_767_225_600e6;
const at = (seconds: number): number => t0 + seconds * secondUs;
const jpeg = (bytes: number, fill = 7): Uint8Array => new Uint8Array(bytes).fill(fill);

export function appearance(id: string, fields: Partial<Appearance> = {}): Appearance {
  return {
    id,
    cameraId: 'north/gate',
    className: 'person',
    startUs: at(0),
    endUs: (fields.startUs ?? at(0)) + 5 * secondUs,
    open: false,
    detections: 9,
    bestScore: 0.5,
    bestAtUs: fields.startUs ?? at(0),
    box: [1.5, 2, 30, 80],
    firstBox: [1.5, 2, 30, 80],
    lastBox: [1.5, 2, 30, 80],
    sourceWidth: 1280,
    sourceHeight: 720,
    zones: [],
    ...fields,
  };
}

const decision = (id: string, seconds: number) => ({
  id,
  atUs: at(seconds),
  loop: 'fast' as const,
  effect: 'applied' as const,
  slo: 'on time',
  sli: 'latency',
  value: 700,
  objective: 500,
  cause: 'uplink',
  at: 'north',
  lever: 'quality',
  subjects: ['north/gate'],
  from: '80',
  to: '60',
  reason: 'ü – "quoted"',
});

const sample = (series: string, seconds: number, values: readonly number[], subject = ''): Sample => ({
  series,
  subject,
  atUs: at(seconds),
  summary: summarize(values),
});

/** What every history must do. @param open an empty one */
export function describeHistoryStore(name: string, open: () => Promise<HistoryStore>): void {
  const ids = async (store: HistoryStore, query: Partial<Parameters<HistoryStore['findAppearances']>[0]>) =>
    (await store.findAppearances({ limit: 100, ...query })).items.map(({ id }) => id);

  describe(`the history: ${name}`, () => {
    it('gives back what was written, and takes a later version of it', async () => {
      const store = await open();
      const first = appearance('a', { zones: ['yard', 'ü "x"'], open: true });
      await store.write({ appearances: [first], thumbnails: [{ appearanceId: 'a', jpeg: jpeg(3) }] });
      expect(await store.appearance('a')).toEqual({ ...first, hasThumbnail: true });
      expect([...((await store.thumbnail('a')) ?? [])]).toEqual([7, 7, 7]);

      const later = { ...first, endUs: at(9), open: false, bestScore: 0.9, zones: ['door'] };
      await store.write({ appearances: [first, later] });
      expect(await store.appearance('a')).toEqual({ ...later, hasThumbnail: true });
      expect(await ids(store, { zones: ['yard'] })).toEqual([]);
      expect(await ids(store, { zones: ['door'] })).toEqual(['a']);
      expect(await store.appearance('b')).toBeNull();
      expect(await store.thumbnail('b')).toBeNull();
      await store.write({});
      await store.close();
    });

    it('finds by camera, class, zone, time, score and by whether it still goes on', async () => {
      const store = await open();
      await store.write({
        appearances: [
          appearance('old', { startUs: at(-7200), zones: ['yard'] }),
          appearance('gate', { zones: ['yard', 'road'], bestScore: 0.9 }),
          appearance('door', { cameraId: 'north/door', startUs: at(2), zones: ['hall'] }),
          appearance('car', { className: 'car', startUs: at(4), zones: ['road'], open: true }),
        ],
      });
      expect(await ids(store, {})).toEqual(['car', 'door', 'gate', 'old']);
      expect(await ids(store, { cameraIds: ['north/gate'] })).toEqual(['car', 'gate', 'old']);
      expect(await ids(store, { cameraIds: [] })).toEqual(['car', 'door', 'gate', 'old']);
      expect(await ids(store, { classNames: ['car', 'bus'] })).toEqual(['car']);
      expect(await ids(store, { zones: ['yard', 'road'] })).toEqual(['car', 'gate', 'old']);
      expect(await ids(store, { zones: ['yard'], fromUs: at(-60) })).toEqual(['gate']);
      expect(await ids(store, { minScore: 0.9 })).toEqual(['gate']);
      expect(await ids(store, { open: true })).toEqual(['car']);
      expect(await ids(store, { cameraIds: ["x' OR 1=1 --"] })).toEqual([]);
      await store.close();
    });

    it('counts an appearance to a range if any part of it is inside', async () => {
      const store = await open();
      await store.write({
        appearances: [
          appearance('a', { startUs: at(0), endUs: at(3600) }),
          appearance('b', { startUs: at(10) }),
        ],
      });
      expect(await ids(store, { fromUs: at(3600), untilUs: at(9999) })).toEqual(['a']);
      expect(await ids(store, { fromUs: at(3600) + 1 })).toEqual([]);
      expect(await ids(store, { untilUs: at(10) })).toEqual(['a']);
      expect(await ids(store, { untilUs: at(0) })).toEqual([]);
      await store.close();
    });

    it('pages through all, each once, whatever is added meanwhile', async () => {
      const store = await open();
      // Several begin at the same time: the id decides.
      const appearances = Array.from({ length: 25 }, (_, i) =>
        appearance(`a${i}`, { startUs: at(Math.floor(i / 4)), zones: i % 2 ? ['odd', 'all'] : ['all'] }),
      );
      await store.write({ appearances });
      for (const zones of [undefined, ['all'], ['odd', 'all']]) {
        const seen: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await store.findAppearances({ limit: 4, cursor, zones });
          seen.push(...page.items.map(({ id }) => id));
          cursor = page.next ?? undefined;
          await store.write({
            appearances: [appearance(`new${seen.length}`, { startUs: at(100), zones: ['all'] })],
          });
        } while (cursor !== undefined);
        expect(seen.filter((id) => id.startsWith('a')).toSorted()).toEqual(
          appearances.map(({ id }) => id).toSorted(),
        );
        expect(new Set(seen).size).toBe(seen.length);
      }
      await store.close();
    });

    it('refuses what it can not keep or find, and says why', async () => {
      const store = await open();
      const refused = (call: Promise<unknown>, message: string) =>
        expect(call).rejects.toMatchObject({ code: 'INVALID', message: expect.stringContaining(message) });
      await refused(store.write({ appearances: [appearance('a', { endUs: at(3601) })] }), 'at most an hour');
      await refused(store.write({ appearances: [appearance('a', { endUs: at(-1) })] }), 'at most an hour');
      await refused(store.write({ appearances: [appearance('a', { bestScore: 1.1 })] }), 'score of 1.1');
      await refused(
        store.write({ appearances: [appearance('a', { bestScore: Number.NaN })] }),
        'score of NaN',
      );
      await refused(store.write({ appearances: [appearance('a', { startUs: 0.5 })] }), 'whole µs');
      await refused(store.write({ appearances: [appearance('x'.repeat(201))] }), '1 to 200');
      await store.write({ appearances: [appearance('a')] });
      const large = { appearanceId: 'a', jpeg: jpeg(maxThumbnailBytes + 1) };
      await refused(store.write({ thumbnails: [large] }), 'at most 20480');
      await refused(store.findAppearances({ limit: 0 }), 'limit 0');
      await refused(store.findAppearances({ limit: 5, cursor: 'nonsense' }), 'cursor "nonsense"');
      await refused(store.decisions({ limit: 1001 }), 'limit 1001');
      const range = { series: ['x'], fromUs: 0, untilUs: at(0) };
      await refused(store.series({ ...range, stepUs: secondUs }), 'at most 10,000 steps');
      await refused(store.series({ ...range, stepUs: 1 }), 'whole seconds');
      await refused(store.series({ ...range, series: [], stepUs: secondUs }), 'at least one');
      await refused(store.erase({ cameraIds: [], fromUs: 0, untilUs: 1 }), 'at least one camera');
      await refused(store.erase({ cameraIds: ['a/b'], fromUs: 1, untilUs: 1 }), 'end behind its begin');
      expect(await ids(store, {})).toEqual(['a']);
      await store.close();
    });

    it('writes all of a batch or nothing', async () => {
      const store = await open();
      const bad = appearance('b', { sourceWidth: Number.NaN });
      await expect(
        store.write({
          audit: [{ id: '1', atUs: at(0), actor: 'x', action: 'y', subject: 'z' }],
          appearances: [bad],
        }),
      ).rejects.toMatchObject({ code: 'INVALID' });
      expect((await store.auditLog({ limit: 10 })).items).toEqual([]);
      await store.close();
    });

    it('erases the appearances of a camera in a range, with thumbnails and zones, and refuses them ever after', async () => {
      const store = await open();
      const inside = appearance('inside', { startUs: at(10), zones: ['yard'] });
      const reachesIn = appearance('reaches in', { startUs: at(0), endUs: at(10) });
      const leaves = appearance('leaves', { startUs: at(18), endUs: at(30), open: true });
      const others = [
        appearance('before', { startUs: at(0) }),
        appearance('behind', { startUs: at(20) }),
        appearance('elsewhere', { startUs: at(10), cameraId: 'north/door' }),
      ];
      const thumbnails = [{ appearanceId: 'inside', jpeg: jpeg(3) }];
      await store.write({ appearances: [inside, reachesIn, leaves, ...others], thumbnails });
      const range = { cameraIds: ['north/gate'], fromUs: at(10), untilUs: at(20) };
      expect(await store.erase(range)).toBe(3);
      const left = ['before', 'behind', 'elsewhere'];
      expect((await ids(store, {})).toSorted()).toEqual(left);
      expect(await store.thumbnail('inside')).toBeNull();
      expect(await ids(store, { zones: ['yard'] })).toEqual([]);

      await store.write({ appearances: [inside, reachesIn, leaves], thumbnails });
      expect((await ids(store, {})).toSorted()).toEqual(left);
      expect(await store.thumbnail('inside')).toBeNull();
      // What goes on behind the range is kept from there on, once nothing of it comes from inside.
      await store.write({ appearances: [{ ...leaves, bestAtUs: at(25) }] });
      expect(await store.appearance('leaves')).toMatchObject({ startUs: at(20), endUs: at(30) });
      expect(await store.erase(range)).toBe(0);
      await store.close();
    });

    it('adds up seconds to steps, with true quantiles', async () => {
      const store = await open();
      const values = Array.from({ length: 100 }, (_, i) => i + 1);
      await store.write({
        samples: [
          sample('latency', 0, values.slice(0, 50)),
          sample('latency', 1, values.slice(50)),
          sample('latency', 1, [5], 'north/gate'),
          sample('latency', 15, [7]),
          sample('fps', 0, [10]),
        ],
      });
      // The same second again: it replaces and does not add.
      await store.write({ samples: [sample('fps', 0.4, [12])] });
      const query = { fromUs: at(0), untilUs: at(60), subjects: [''] };
      const steps = await store.series({ ...query, series: ['latency'], stepUs: 10 * secondUs });
      expect(
        steps.map(({ atUs, summary }) => [atUs, summary.count, summary.sum, summary.min, summary.max]),
      ).toEqual([
        [at(0), 100, 5050, 1, 100],
        [at(10), 1, 7, 7, 7],
      ]);
      expect(summaryQuantile(steps[0]!.summary, 0.95)).toBeCloseTo(95, -0.5);
      const seconds = await store.series({ ...query, series: ['fps', 'latency'], stepUs: secondUs });
      const lines = seconds.map(({ series, atUs, summary }) => `${series} ${atUs - at(0)} ${summary.last}`);
      expect(new Set(lines)).toEqual(
        new Set(['fps 0 12', 'latency 0 50', 'latency 1000000 100', 'latency 15000000 7']),
      );
      await store.close();
    });

    it('makes minutes of seconds, once, and shows both together', async () => {
      const store = await open();
      const policy: RetentionPolicy = { ...defaultRetention, secondsSeconds: 100 };
      const seconds = Array.from({ length: 240 }, (_, i) => sample('fps', i, [i]));
      const minutes = (fromUs = at(0)) =>
        store.series({ series: ['fps'], fromUs, untilUs: at(600), stepUs: 60 * secondUs });
      await store.write({ samples: seconds });
      const before = await minutes();
      expect(before.map(({ summary }) => summary.count)).toEqual([60, 60, 60, 60]);
      for (const now of [200, 245, 246]) {
        await store.maintain(policy, at(now));
        expect(await minutes()).toEqual(before);
      }
      expect(await minutes(at(180))).toEqual(before.slice(3));
      const old = await store.series({ series: ['fps'], fromUs: at(0), untilUs: at(140), stepUs: secondUs });
      expect(old).toEqual([]);
      await store.close();
    });

    it('deletes what is too old, each kind by an age of its own', async () => {
      const store = await open();
      await store.write({
        appearances: [appearance('old'), appearance('new', { startUs: at(1000), zones: ['yard'] })],
        thumbnails: ['old', 'new'].map((appearanceId) => ({ appearanceId, jpeg: jpeg(3) })),
        decisions: [decision('1/1', 0), decision('1/2', 1000)],
        audit: [0, 1000].map((s) => ({ id: `${s}`, atUs: at(s), actor: 'x', action: 'y', subject: 'z' })),
      });
      const policy = { ...defaultRetention, thumbnailsSeconds: 5 };
      expect(await store.maintain(policy, at(1010))).toMatchObject({ expired: 2, evicted: 0 });
      expect(
        (await store.findAppearances({ limit: 5 })).items.map(({ hasThumbnail }) => hasThumbnail),
      ).toEqual([false, false]);
      await store.maintain(
        { ...policy, appearancesSeconds: 100, decisionsSeconds: 100, auditSeconds: 2000 },
        at(1010),
      );
      expect(await ids(store, {})).toEqual(['new']);
      expect((await store.decisions({ limit: 5 })).items.map(({ record }) => record.id)).toEqual(['1/2']);
      expect((await store.auditLog({ limit: 5 })).items).toHaveLength(2);
      await store.close();
    });

    it('stays below its size: the oldest thumbnails go first, then the oldest appearances', async () => {
      const store = await open();
      const appearances = Array.from({ length: 2000 }, (_, i) => appearance(`a${i}`, { startUs: at(i) }));
      const thumbnails = appearances.map(({ id }) => ({ appearanceId: id, jpeg: jpeg(4000) }));
      await store.write({ appearances, thumbnails });
      const report = await store.maintain({ ...defaultRetention, maxBytes: 6e6 }, at(2000));
      expect(report.evicted).toBe(1000);
      expect(report.bytes).toBeLessThanOrEqual(6e6);
      expect(await store.thumbnail('a999')).toBeNull();
      expect(await store.thumbnail('a1000')).not.toBeNull();
      expect(await store.appearance('a0')).not.toBeNull();

      await store.maintain({ ...defaultRetention, maxBytes: 500_000 }, at(2000));
      expect(await store.appearance('a0')).toBeNull();
      await store.close();
    });

    it('keeps decisions and the audit log, newest first, each entry once', async () => {
      const store = await open();
      const entry = (id: string, seconds: number, action = 'events.viewed') => ({
        id,
        atUs: at(seconds),
        actor: 'ada',
        action,
        subject: 'all cameras',
      });
      const audit = [entry('1', 0), entry('2', 5, 'events.erased')];
      await store.write({ decisions: [decision('1/1', 0), decision('1/2', 1)], audit });
      const outcome = { p95BeforeMs: 800, p95AfterMs: null, onTimeBefore: 0.5, onTimeAfter: 1 };
      const outcomes = ['1/2', 'unknown'].map((decisionId) => ({ decisionId, outcome }));
      await store.write({ outcomes, audit });
      // Told again, it is still known what came of it.
      await store.write({ decisions: [decision('1/2', 1)], audit });
      const page = await store.decisions({ limit: 1 });
      expect(page.items).toEqual([{ record: decision('1/2', 1), outcome }]);
      const rest = await store.decisions({ limit: 1, cursor: page.next! });
      expect(rest).toEqual({ items: [{ record: decision('1/1', 0), outcome: null }], next: null });
      expect((await store.auditLog({ limit: 9 })).items).toEqual([audit[1], audit[0]]);
      expect((await store.auditLog({ limit: 9, action: 'events.erased' })).items).toEqual([audit[1]]);
      expect((await store.auditLog({ limit: 9, actor: 'bob' })).items).toEqual([]);
      expect((await store.auditLog({ limit: 9, untilUs: at(5) })).items).toEqual([audit[0]]);
      await store.close();
    });

    it('remembers documents, and lets nobody overwrite what he has not seen', async () => {
      const store = await open();
      expect(await store.readDocument('rules')).toBeNull();
      expect(await store.writeDocument('rules', { a: ['ü'] }, 0)).toBe(1);
      expect(await store.writeDocument('rules', {}, 0)).toBeNull();
      expect(await store.writeDocument('rules', { a: 2 }, 1)).toBe(2);
      expect(await store.writeDocument('rules', { a: 3 }, 1)).toBeNull();
      expect(await store.readDocument('rules')).toEqual({ value: { a: 2 }, revision: 2 });
      expect(await store.writeDocument('rules', null)).toBe(3);
      await store.write({
        documents: [
          { key: 'rules', value: 4 },
          { key: 'other', value: 5 },
        ],
      });
      expect(await store.readDocument('rules')).toEqual({ value: 4, revision: 4 });
      await store.close();
    });

    it('keeps messages in line, each held by one process, and takes none twice', async () => {
      const store = await open();
      const { queue } = store;
      const message = (id: string, seconds = 0) => ({ id, atUs: at(seconds), message: { ü: id } });
      const [a, b] = ['a', 'b'].map((holder) => (seconds: number) => ({ holder, untilUs: at(seconds) }));
      expect(await queue.put([message('1', 2), message('2', 1)], a!(30))).toEqual(
        expect.arrayContaining(['1', '2']),
      );
      expect(await queue.put([message('2'), message('3'), message('3')], b!(10))).toEqual(['3']);
      expect(await queue.take(b!(40), at(9), 9)).toEqual([]);
      // What b held is free, what a held is not.
      expect(await queue.take(a!(40), at(10), 9)).toEqual([message('3')]);
      await queue.hold(a!(60));
      expect(await queue.take(b!(90), at(59), 9)).toEqual([]);
      await queue.settle(['3']);
      await queue.hold(a!(0));
      expect(await queue.take(b!(90), at(59), 1)).toEqual([message('2', 1)]);
      const both = await Promise.all([queue.take(a!(90), at(59), 9), queue.take(b!(90), at(59), 9)]);
      expect(both.flat()).toEqual([message('1', 2)]);
      await queue.settle(['1', '2', 'unknown']);
      expect(await queue.take(a!(999), at(900), 9)).toEqual([]);
      expect(await queue.put([message('1')], a!(999))).toEqual([]);
      await store.maintain({ ...defaultRetention, queueSeconds: 1 }, at(100));
      expect(await queue.put([message('1')], a!(999))).toEqual(['1']);
      await store.close();
    });

    it('answers what was asked before it is closed, and nothing behind', async () => {
      const store = await open();
      const written = store.write({ appearances: [appearance('a')] });
      await store.close();
      await expect(written).resolves.toBeUndefined();
      await expect(store.appearance('a')).rejects.toMatchObject({ code: 'CLOSED' });
      await store.close();
    });
  });
}
