import type { Appearance } from '@framegate/history-store';
import type { Notification } from '../notification.ts';
import type { AppearanceRule, SilenceRule, StoredRule } from '../rule.ts';
import type { Quiet, SilenceClock } from './quiet-cameras.ts';
import { createSilenceClock } from './quiet-cameras.ts';
import { isScheduled } from './schedule.ts';

/** What is remembered to tell nothing twice and nothing too often. */
export interface Decider {
  /** @param nowUs the time by which cool-down and silence are judged */
  appearance(appearance: Appearance, rules: readonly StoredRule[], nowUs: number): Notification[];
  readonly silence: SilenceClock;
  /** Call it each second or so. */
  second(rules: readonly StoredRule[], nowUs: number): Notification[];
}

const remembered = 10_000;
/** A process that has just begun hears of no camera at once. */
const listenFirstUs = 10e6;

/** Decides who is told of what. Knows no clock and no channel. */
export function createDecider(startedUs: number): Decider {
  /** (rule, appearance) that were told. */
  const told = new Set<string>();
  const lastToldUs = new Map<string, number>();
  const silence = createSilenceClock();
  let lookedUs = startedUs;

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
    silence,
    second(rules, nowUs) {
      const beforeUs = lookedUs;
      lookedUs = nowUs;
      if (nowUs - startedUs < listenFirstUs) return [];
      return rules.flatMap((stored) => {
        const { id, rule } = stored;
        if (rule.kind !== 'silence') return [];
        return silence.cameras().flatMap((quiet) => {
          const dueUs = quiet.sinceUs + rule.silentSeconds * 1e6;
          if (nowUs < dueUs || quiet.told.has(id) || !mayTell(stored, quiet.cameraId, nowUs)) return [];
          quiet.told.add(id);
          // A rule, or a console, may be younger than the silence.
          const notification = silenceOf(stored, rule, quiet, Math.max(dueUs, beforeUs));
          return [tell(`${id} ${quiet.cameraId}`, stored, notification, nowUs)];
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

function silenceOf(
  { id }: StoredRule,
  { name, silentSeconds }: SilenceRule,
  { cameraId, mark }: Quiet,
  atUs: number,
): Notification {
  return {
    id: `${id}.${cameraId.replace('/', '.')}.${mark}`,
    ruleId: id,
    ruleName: name,
    kind: 'silence',
    cameraId,
    text: `Nothing was heard of ${cameraId} for ${silentSeconds} s`,
    atUs,
  };
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
