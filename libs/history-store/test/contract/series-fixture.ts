import { describe, expect, it } from 'vitest';
import type { RetentionPolicy } from '../../src/index.ts';
import { defaultRetention, summaryQuantile } from '../../src/index.ts';
import type { OpenHistory } from './history-records-fixture.ts';
import { at, sample, secondUs } from './history-records-fixture.ts';

export function describeSeries(open: OpenHistory): void {
  describe('series', () => {
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
  });
}
