import { randomUUID } from 'node:crypto';
import type { HistoryStore } from '@framegate/history-store';
import type { Rule, StoredRule } from '@framegate/notification';
import { storedRuleSchema } from '@framegate/notification';
import { z } from 'zod';

/** The rules that operators made, kept in the history's store, where all consoles find them. */
export interface Rules {
  /** As they were read last; empty before. */
  list(): readonly StoredRule[];
  /** Reads them again: another console may have changed them. */
  read(): Promise<readonly StoredRule[]>;
  create(rule: Rule): Promise<StoredRule>;
  /** Null: there is none of this id. */
  change(id: string, change: (stored: StoredRule) => StoredRule | undefined): Promise<StoredRule | null>;
}

const key = 'notification-rules';
const rulesSchema = z.array(storedRuleSchema);
export const maxRules = 200;

export function createRules(store: Pick<HistoryStore, 'readDocument' | 'writeDocument'>): Rules {
  let rules: readonly StoredRule[] = [];

  const read = async (): Promise<{ revision: number; stored: StoredRule[] }> => {
    const document = await store.readDocument(key);
    const stored = document ? rulesSchema.parse(document.value) : [];
    rules = stored;
    return { revision: document?.revision ?? 0, stored };
  };
  /** Again where another console wrote meanwhile. */
  const update = async (next: (stored: StoredRule[]) => StoredRule[]): Promise<void> => {
    for (;;) {
      const { revision, stored } = await read();
      const changed = next(stored);
      if ((await store.writeDocument(key, changed, revision)) === null) continue;
      rules = changed;
      return;
    }
  };

  return {
    list: () => rules,
    read: async () => (await read()).stored,
    async create(rule) {
      const created = { id: randomUUID(), rule, silencedUntilUs: 0 };
      await update((stored) => [...stored, created]);
      return created;
    },
    async change(id, change) {
      let found: StoredRule | null = null;
      await update((stored) =>
        stored.flatMap((one) => {
          if (one.id !== id) return [one];
          found = one;
          return change(one) ?? [];
        }),
      );
      return found;
    },
  };
}
