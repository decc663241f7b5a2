import { describe, expect, it } from 'vitest';
import type { OpenHistory } from './history-records-fixture.ts';
import { appearance, at, idsOf, jpeg } from './history-records-fixture.ts';

export function describeAppearances(open: OpenHistory): void {
  describe('appearances', () => {
    it('gives back what was written, and takes a later version of it', async () => {
      const store = await open();
      const first = appearance('a', { zones: ['yard', 'ü "x"'], open: true });
      await store.write({ appearances: [first], thumbnails: [{ appearanceId: 'a', jpeg: jpeg(3) }] });
      expect(await store.appearance('a')).toEqual({ ...first, hasThumbnail: true });
      expect([...((await store.thumbnail('a')) ?? [])]).toEqual([7, 7, 7]);

      const later = { ...first, endUs: at(9), open: false, bestScore: 0.9, zones: ['door'] };
      await store.write({ appearances: [first, later] });
      expect(await store.appearance('a')).toEqual({ ...later, hasThumbnail: true });
      expect(await idsOf(store, { zones: ['yard'] })).toEqual([]);
      expect(await idsOf(store, { zones: ['door'] })).toEqual(['a']);
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
      expect(await idsOf(store, {})).toEqual(['car', 'door', 'gate', 'old']);
      expect(await idsOf(store, { cameraIds: ['north/gate'] })).toEqual(['car', 'gate', 'old']);
      expect(await idsOf(store, { cameraIds: [] })).toEqual(['car', 'door', 'gate', 'old']);
      expect(await idsOf(store, { classNames: ['car', 'bus'] })).toEqual(['car']);
      expect(await idsOf(store, { zones: ['yard', 'road'] })).toEqual(['car', 'gate', 'old']);
      expect(await idsOf(store, { zones: ['yard'], fromUs: at(-60) })).toEqual(['gate']);
      expect(await idsOf(store, { minScore: 0.9 })).toEqual(['gate']);
      expect(await idsOf(store, { open: true })).toEqual(['car']);
      expect(await idsOf(store, { cameraIds: ["x' OR 1=1 --"] })).toEqual([]);
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
      expect(await idsOf(store, { fromUs: at(3600), untilUs: at(9999) })).toEqual(['a']);
      expect(await idsOf(store, { fromUs: at(3600) + 1 })).toEqual([]);
      expect(await idsOf(store, { untilUs: at(10) })).toEqual(['a']);
      expect(await idsOf(store, { untilUs: at(0) })).toEqual([]);
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
      expect((await idsOf(store, {})).toSorted()).toEqual(left);
      expect(await store.thumbnail('inside')).toBeNull();
      expect(await idsOf(store, { zones: ['yard'] })).toEqual([]);

      await store.write({ appearances: [inside, reachesIn, leaves], thumbnails });
      expect((await idsOf(store, {})).toSorted()).toEqual(left);
      expect(await store.thumbnail('inside')).toBeNull();
      // What goes on behind the range is kept from there on, once nothing of it comes from inside.
      await store.write({ appearances: [{ ...leaves, bestAtUs: at(25) }] });
      expect(await store.appearance('leaves')).toMatchObject({ startUs: at(20), endUs: at(30) });
      expect(await store.erase(range)).toBe(0);
      await store.close();
    });
  });
}
