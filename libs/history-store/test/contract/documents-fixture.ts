import { describe, expect, it } from 'vitest';
import type { OpenHistory } from './history-records-fixture.ts';

export function describeDocuments(open: OpenHistory): void {
  describe('documents', () => {
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
  });
}
