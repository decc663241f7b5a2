import { describe, expect, it } from 'vitest';
import { maxThumbnailBytes } from '../../src/index.ts';
import type { OpenHistory } from './history-records-fixture.ts';
import { appearance, at, idsOf, jpeg, secondUs } from './history-records-fixture.ts';

export function describeWrites(open: OpenHistory): void {
  describe('what it is given and asked', () => {
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
      expect(await idsOf(store, {})).toEqual(['a']);
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
