import type { Notification, StoredRule } from '@framegate/notification';
import { claimTelling, coolDownKey, lastToldSchema } from '@framegate/notification';
import type { Documents } from './shared-document.ts';
import { sharedDocument } from './shared-document.ts';

/** Which rule told last of which camera, kept in the history's store: the next console and others wait as long. */
export interface CoolDowns {
  /**
   * @returns undefined where it may be told: no console told by this rule of this camera too lately; otherwise when
   * one did
   */
  claim(
    notification: Notification,
    rule: StoredRule,
    rules: readonly StoredRule[],
    nowUs: number,
  ): Promise<number | undefined>;
}

export function createCoolDowns(store: Documents): CoolDowns {
  const document = sharedDocument(store, 'notification-cool-downs', lastToldSchema, {});
  /** One after the other: claims of one console shall not wait for each other's revisions. */
  let claims: Promise<unknown> = Promise.resolve();

  return {
    async claim(notification, { rule }, rules, nowUs) {
      if (rule.coolDownSeconds === 0) return undefined;
      const claim = claims.then(() =>
        document.update((kept) => claimTelling(kept, notification, rules, nowUs)),
      );
      claims = claim.catch(() => {});
      const last = (await claim)[coolDownKey(notification)];
      return last === undefined || last.id === notification.id ? undefined : last.atUs;
    },
  };
}
