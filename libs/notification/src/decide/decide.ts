import type { Appearance } from '@framegate/history-store';
import type { Notification } from '../notification.ts';
import type { AppearanceRule, StoredRule } from '../rule.ts';
import { isScheduled } from './schedule.ts';

/** What is remembered to tell nothing twice and nothing too often. */
export interface Decider {
  /** @param nowUs the time by which cool-down and silence are judged */
  appearance(appearance: Appearance, rules: readonly StoredRule[], nowUs: number): Notification[];
  /**
   * A camera was heard of.
   * @param toldAtUs as the site told it, the same for all who heard it: the silence behind it is known by it
   */
  heard(cameraId: string, nowUs: number, toldAtUs: number): void;
  /** Call it each second or so. */
  second(rules: readonly StoredRule[], nowUs: number): Notification[];
}

const remembered = 10_000;

/** Decides who is told of what. Knows no clock and no channel. */
export function createDecider(): Decider {
  /** (rule, appearance) that were told. */
  const told = new Set<string>();
  const lastToldUs = new Map<string, number>();
  const heard = new Map<string, { readonly atUs: number; readonly toldAtUs: number }>();
  /** (rule, camera) that are silent and told so. */
  const silent = new Set<string>();

  const mayTell = ({ id, rule, silencedUntilUs }: StoredRule, cameraId: string, nowUs: number): boolean => {
    if (!rule.enabled || nowUs < silencedUntilUs) return false;
    if (rule.cameras.length > 0 && !rule.cameras.includes(cameraId)) return false;
    if (rule.schedule && !isScheduled(rule.schedule, nowUs)) return false;
    const lastUs = lastToldUs.get(`${id} ${cameraId}`);
    return lastUs === undefined || nowUs - lastUs >= rule.coolDownSeconds * 1e6;
  };
  const tell = (key: string, stored: StoredRule, notification: Notification, nowUs: number): Notification => {
    told.add(key);
    if (told.size > remembered) for (const old of told.keys().take(remembered / 10)) told.delete(old);
    lastToldUs.set(`${stored.id} ${notification.cameraId}`, nowUs);
    return notification;
  };

  return {
    appearance(appearance, rules, nowUs) {
      return rules.flatMap((stored) => {
        const { id, rule } = stored;
        if (rule.kind !== 'appearance' || !fits(rule, appearance)) return [];
        const key = `${id} ${appearance.id}`;
        if (told.has(key) || !mayTell(stored, appearance.cameraId, nowUs)) return [];
        return tell(key, stored, notificationOf(stored, appearance), nowUs);
      });
    },
    heard(cameraId, nowUs, toldAtUs) {
      heard.set(cameraId, { atUs: nowUs, toldAtUs });
    },
    second(rules, nowUs) {
      return rules.flatMap((stored) => {
        const { id, rule } = stored;
        if (rule.kind !== 'silence') return [];
        return [...heard].flatMap(([cameraId, { atUs: sinceUs, toldAtUs }]): Notification[] => {
          const key = `${id} ${cameraId}`;
          if (nowUs - sinceUs < rule.silentSeconds * 1e6) {
            silent.delete(key);
            return [];
          }
          if (silent.has(key) || !mayTell(stored, cameraId, nowUs)) return [];
          silent.add(key);
          const notification = {
            id: `${id}.${cameraId.replace('/', '.')}.${toldAtUs}`,
            ruleId: id,
            ruleName: rule.name,
            kind: 'silence',
            cameraId,
            text: `Nothing was heard of ${cameraId} for ${rule.silentSeconds} s`,
            atUs: sinceUs + rule.silentSeconds * 1e6,
          } as const;
          return [tell(key, stored, notification, nowUs)];
        });
      });
    },
  };
}

function fits(rule: AppearanceRule, { className, zones, bestScore, startUs, endUs }: Appearance): boolean {
  return (
    (rule.classes.length === 0 || rule.classes.includes(className)) &&
    (rule.zones.length === 0 || rule.zones.some((zone) => zones.includes(zone))) &&
    bestScore >= rule.minScore &&
    endUs - startUs >= rule.dwellSeconds * 1e6
  );
}

function notificationOf({ id, rule }: StoredRule, appearance: Appearance): Notification {
  const { cameraId, className, zones, bestScore, startUs, endUs } = appearance;
  const where = zones.length > 0 ? ` (${zones.join(', ')})` : '';
  const seconds = Math.round((endUs - startUs) / 1e6);
  const since = rule.kind === 'appearance' && rule.dwellSeconds > 0 ? ` for ${seconds} s` : '';
  return {
    id: `${id}.${appearance.id}`,
    ruleId: id,
    ruleName: rule.name,
    kind: 'appearance',
    cameraId,
    text: `${className} at ${cameraId}${where}${since}`,
    atUs: endUs,
    className,
    zones,
    score: bestScore,
    appearanceId: appearance.id,
  };
}
