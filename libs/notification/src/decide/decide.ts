import type { Appearance } from '@framegate/history-store';
import type { Notification } from '../notification.ts';
import type { AppearanceRule, SilenceRule, StoredRule } from '../rule.ts';
import { coolDownKey, isCooling } from './cool-down.ts';
import type { CutOff } from './cut-off.ts';
import { agreeOnCutOff } from './cut-off.ts';
import type { Quiet, SilenceClock } from './quiet-cameras.ts';
import { createSilenceClock } from './quiet-cameras.ts';
import { isScheduled } from './schedule.ts';

/** What is remembered to tell nothing twice and nothing too often. */
export interface Decider {
  /** @param nowUs the time by which cool-down and silence are judged */
  appearance(appearance: Appearance, rules: readonly StoredRule[], nowUs: number): Notification[];
  readonly silence: SilenceClock;
  /** Whether anything can be heard: while no broker answers nobody knows which camera is silent. */
  hears(isConnected: boolean, nowUs: number): void;
  /** While no broker answers: takes since when others say so. @returns what all are to know */
  agreeOnCutOff(kept: CutOff, nowUs: number): CutOff;
  /** Call it each second or so. */
  second(rules: readonly StoredRule[], nowUs: number): Notification[];
  /** It was not told, as another console had told by its rule at `lastUs`: it may be decided again after the cool-down. */
  refused(notification: Notification, lastUs: number): void;
}

const remembered = 10_000;
/** A process that has just begun hears of no camera at once. */
const listenFirstUs = 10e6;

/** In the place of a camera's id, where something is told of the console itself. */
const consoleId = 'framegate/console';

/** Decides who is told of what. Knows no clock and no channel. */
export function createDecider(startedUs: number): Decider {
  /** (rule, appearance) that were told. */
  const told = new Set<string>();
  const lastToldUs = new Map<string, number>();
  const silence = createSilenceClock();
  let lookedUs = startedUs;
  let cutOff: { sinceUs: number; mark: number; told: Set<string> } | undefined;

  const mayTell = (stored: StoredRule, cameraId: string, nowUs: number): boolean => {
    const { id, rule } = stored;
    if (!isActive(stored, nowUs)) return false;
    if (rule.cameras.length > 0 && !rule.cameras.includes(cameraId)) return false;
    return !isCooling(stored, lastToldUs.get(coolDownKey({ ruleId: id, cameraId })), nowUs);
  };
  const tell = (key: string, notification: Notification, nowUs: number): Notification => {
    told.add(key);
    if (told.size > remembered) for (const old of told.keys().take(remembered / 10)) told.delete(old);
    lastToldUs.set(coolDownKey(notification), nowUs);
    return notification;
  };
  const silences = (rules: readonly StoredRule[], nowUs: number, beforeUs: number): Notification[] =>
    rules.flatMap((stored) => {
      const { id, rule } = stored;
      if (rule.kind !== 'silence') return [];
      return silence.cameras().flatMap((quiet) => {
        const dueUs = quiet.sinceUs + rule.silentSeconds * 1e6;
        if (nowUs < dueUs || quiet.told.has(id) || !mayTell(stored, quiet.cameraId, nowUs)) return [];
        quiet.told.add(id);
        // A rule, or a console, may be younger than the silence.
        const notification = silenceOf(stored, rule, quiet, Math.max(dueUs, beforeUs));
        return [tell(`${id} ${quiet.cameraId}`, notification, nowUs)];
      });
    });
  const cutOffs = (
    rules: readonly StoredRule[],
    nowUs: number,
    { sinceUs, mark, told: by }: NonNullable<typeof cutOff>,
  ): Notification[] =>
    rules.flatMap((stored) => {
      const { id, rule } = stored;
      if (rule.kind !== 'silence' || by.has(id) || !isActive(stored, nowUs)) return [];
      if (nowUs < sinceUs + rule.silentSeconds * 1e6) return [];
      by.add(id);
      return [cutOffOf(stored, rule, mark, nowUs)];
    });

  return {
    appearance(appearance, rules, nowUs) {
      return rules.flatMap((stored) => {
        const { id, rule } = stored;
        if (rule.kind !== 'appearance' || !fits(rule, appearance)) return [];
        const key = `${id} ${appearance.id}`;
        if (told.has(key) || !mayTell(stored, appearance.cameraId, nowUs)) return [];
        return tell(key, notificationOf(stored, appearance), nowUs);
      });
    },
    silence,
    hears(isConnected, nowUs) {
      if (!isConnected) cutOff ??= { sinceUs: nowUs, mark: Math.round(nowUs), told: new Set() };
      else if (cutOff) {
        cutOff = undefined;
        silence.beginAgain(nowUs);
      }
    },
    agreeOnCutOff(kept, nowUs) {
      if (!cutOff) return kept;
      const agreed = agreeOnCutOff(kept, cutOff.mark, Math.round(nowUs));
      cutOff.mark = agreed.sinceUs;
      return agreed;
    },
    second(rules, nowUs) {
      const beforeUs = lookedUs;
      lookedUs = nowUs;
      if (cutOff) return cutOffs(rules, nowUs, cutOff);
      return nowUs - startedUs < listenFirstUs ? [] : silences(rules, nowUs, beforeUs);
    },
    refused(notification, lastUs) {
      const { ruleId, cameraId, appearanceId } = notification;
      lastToldUs.set(coolDownKey(notification), lastUs);
      told.delete(`${ruleId} ${appearanceId ?? cameraId}`);
      if (notification.kind === 'silence') silence.notTold(cameraId, ruleId);
    },
  };
}

function isActive({ rule, silencedUntilUs }: StoredRule, nowUs: number): boolean {
  if (!rule.enabled || nowUs < silencedUntilUs) return false;
  return rule.schedule === null || isScheduled(rule.schedule, nowUs);
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

/** The same for all rules, so that a channel of several is told once. */
function cutOffOf(
  { id }: StoredRule,
  { name, silentSeconds }: SilenceRule,
  mark: number,
  atUs: number,
): Notification {
  return {
    id: `cut-off.${mark}`,
    ruleId: id,
    ruleName: name,
    kind: 'cut-off',
    cameraId: consoleId,
    text: `The console hears no camera: no broker has answered it for ${silentSeconds} s`,
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
