import { describe, expect, it } from 'vitest';
import { defaultRetention } from '../../src/index.ts';
import type { OpenHistory } from './history-records-fixture.ts';
import { appearance, at, decision, idsOf, jpeg } from './history-records-fixture.ts';

export function describeRetention(open: OpenHistory): void {
  describe('retention', () => {
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
      expect(await idsOf(store, {})).toEqual(['new']);
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
  });
}
