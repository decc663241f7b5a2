import { describe, expect, it } from 'vitest';
import type { OpenHistory } from './history-records-fixture.ts';
import { at, decision } from './history-records-fixture.ts';

export function describeJournal(open: OpenHistory): void {
  describe('decisions and the audit log', () => {
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
  });
}
