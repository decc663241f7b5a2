import { randomUUID } from 'node:crypto';
import type { Rule, StoredRule } from '@framegate/notification';
import { storedRuleSchema } from '@framegate/notification';
import { z } from 'zod';
import type { Documents } from './shared-document.ts';
import { sharedDocument } from './shared-document.ts';

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

export function createRules(store: Documents): Rules {
  const document = sharedDocument<readonly StoredRule[]>(store, key, rulesSchema, []);
  let rules: readonly StoredRule[] = [];
  const update = async (next: (stored: readonly StoredRule[]) => readonly StoredRule[]): Promise<void> => {
    rules = await document.update(next);
  };

  return {
    list: () => rules,
    read: async () => (rules = await document.read()),
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
