import { z } from 'zod';
import type { Notification } from '../notification.ts';
import type { StoredRule } from '../rule.ts';

/** What each rule has told last of each camera and when, as consoles agree on it and the next one finds it. */
export const lastToldSchema = z.record(z.string(), z.object({ id: z.string(), atUs: z.number() }));
export type LastTold = Readonly<z.output<typeof lastToldSchema>>;

/** Of one rule and one camera. */
export function coolDownKey({ ruleId, cameraId }: Pick<Notification, 'ruleId' | 'cameraId'>): string {
  return `${ruleId} ${cameraId}`;
}

/** Whether a rule has told too lately to tell again. A clock that went back keeps nobody silent for longer. */
export function isCooling({ rule }: StoredRule, toldUs: number | undefined, nowUs: number): boolean {
  return toldUs !== undefined && Math.abs(nowUs - toldUs) < rule.coolDownSeconds * 1e6;
}

/**
 * Enters a notification as the last one of its rule and camera, where another console has not told by it too lately.
 * What is over is left out.
 */
export function claimTelling(
  kept: LastTold,
  notification: Notification,
  rules: readonly StoredRule[],
  nowUs: number,
): LastTold {
  const key = coolDownKey(notification);
  const ruleOf = new Map(rules.map((stored) => [stored.id, stored]));
  const cooling = Object.entries(kept).filter(([of, { atUs }]) => {
    const rule = ruleOf.get(of.slice(0, of.indexOf(' ')));
    return rule !== undefined && isCooling(rule, atUs, nowUs);
  });
  const { id } = notification;
  return { [key]: { id, atUs: Math.round(nowUs) }, ...Object.fromEntries(cooling) };
}
