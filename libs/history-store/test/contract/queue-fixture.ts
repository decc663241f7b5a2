import { describe, expect, it } from 'vitest';
import { defaultRetention } from '../../src/index.ts';
import type { OpenHistory } from './history-records-fixture.ts';
import { at } from './history-records-fixture.ts';

export function describeQueue(open: OpenHistory): void {
  describe('messages in line', () => {
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
  });
}
