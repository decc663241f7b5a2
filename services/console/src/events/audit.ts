import { randomUUID } from 'node:crypto';
import type { HistoryStore } from '@framegate/history-store';
import type { Identity } from '../access/access.ts';

/** Who did what, for later. */
export interface Audit {
  /** Told before the act itself: what can't be told is not done. */
  tell(who: Identity, action: AuditAction, subject: string): Promise<void>;
  /** The same of somebody who looks again and again counts once in five minutes, and looking never waits for it. */
  viewed(who: Identity, subject: string): void;
}

export type AuditAction =
  | 'events.viewed'
  | 'events.exported'
  | 'events.erased'
  | 'audit.viewed'
  | 'rule.created'
  | 'rule.changed'
  | 'rule.deleted'
  | 'rule.silenced'
  | 'rule.tested';

const repeatUs = 300e6;
const remembered = 1000;

export function createAudit(
  store: Pick<HistoryStore, 'write'>,
  nowUs: () => number,
  onTrouble: (error: unknown) => void,
): Audit {
  const viewedAtUs = new Map<string, number>();
  const tell: Audit['tell'] = (who, action, subject) =>
    store.write({
      audit: [{ id: randomUUID(), atUs: nowUs(), actor: who.name, action, subject: subject.slice(0, 1000) }],
    });
  return {
    tell,
    viewed(who, subject) {
      const key = JSON.stringify([who.name, subject]);
      const lastUs = viewedAtUs.get(key) ?? Number.NEGATIVE_INFINITY;
      if (nowUs() - lastUs < repeatUs) return;
      viewedAtUs.set(key, nowUs());
      for (const old of viewedAtUs.keys().take(Math.max(0, viewedAtUs.size - remembered)))
        viewedAtUs.delete(old);
      tell(who, 'events.viewed', subject).catch(onTrouble);
    },
  };
}
