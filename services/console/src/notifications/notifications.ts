import type { Detection } from '@framegate/contracts';
import type { AppearanceChange } from '@framegate/event-recorder';
import type { Channel, Notification, Notifier } from '@framegate/notification';
import {
  createDecider,
  createNotifier,
  createOutbox,
  cutOffSchema,
  quietCamerasSchema,
} from '@framegate/notification';
import type { Logger } from '@framegate/service-kit';
import { limitRepeats, startTicker } from '@framegate/service-kit';
import type { HistoryStore } from '@framegate/history-store';
import type { RunObserver } from '@framegate/run-observer';
import type { NotificationMetrics } from '../metrics.ts';
import { createCoolDowns } from './cool-downs.ts';
import type { Rules } from './rules.ts';
import { createRules } from './rules.ts';
import { sharedDocument } from './shared-document.ts';

/** Tells people and machines what the rules want them to know. */
export interface Notifications {
  readonly rules: Rules;
  readonly channels: readonly Channel[];
  readonly notifier: Notifier;
  /** From the recorder, as soon as it sees it. */
  changed(change: AppearanceChange, detection: Detection | undefined): void;
  close(): Promise<void>;
}

export interface NotificationsOptions {
  readonly channels: readonly Channel[];
  readonly store: HistoryStore;
  /** Unique for each process. */
  readonly holder: string;
  readonly run: Pick<RunObserver, 'onEdge'>;
  /** Whether a broker answers: nothing is heard otherwise. */
  readonly isConnected: () => boolean;
  /** Ids of all cameras that there are, also of those that were never heard. */
  readonly cameras: () => readonly string[];
  /** What is promised of a camera's results. */
  readonly objectiveMsOf: (cameraId: string) => number | undefined;
  readonly thumbnailOf: (appearanceId: string) => Promise<Uint8Array | undefined>;
  readonly nowUs: () => number;
  readonly logger: Logger;
  readonly metrics: NotificationMetrics;
}

/** How often is looked what other consoles changed, or left. */
const lookEverySeconds = 5;
/** What is older is history: nobody is alarmed by it. */
const currentUs = 60e6;

export function startNotifications(options: NotificationsOptions): Notifications {
  const { channels, store, run, nowUs, logger, metrics } = options;
  const repeated = limitRepeats(logger, () => performance.now());
  const rules = createRules(store);
  const decider = createDecider(nowUs());
  const quiet = sharedDocument(store, 'quiet-cameras', quietCamerasSchema, {});
  const cutOff = sharedDocument(store, 'cut-off', cutOffSchema, null);
  const coolDowns = createCoolDowns(store);
  const onTrouble = (error: unknown): void =>
    repeated.warn({ err: error }, 'notifications are told without being kept');
  const notifier = createNotifier({
    channels,
    outbox: createOutbox(store.queue, options.holder, nowUs),
    nowUs,
    random: Math.random,
    thumbnailOf: options.thumbnailOf,
    onDelivered({ kind }, told, seconds) {
      const objectiveMs = told.kind === 'appearance' ? options.objectiveMsOf(told.cameraId) : undefined;
      metrics.delivered(kind, seconds, objectiveMs);
    },
    onFailed(channel, { id }, error) {
      metrics.failed(channel.kind);
      repeated.warn({ channel: channel.name, notification: id, err: error }, 'a notification was given up');
    },
    onTrouble,
  });
  const claimAndTell = async (notification: Notification): Promise<void> => {
    const stored = rules.list().find(({ id }) => id === notification.ruleId);
    if (!stored) return;
    // Told by two is better than by none.
    const lastUs = await coolDowns.claim(notification, stored, rules.list(), nowUs()).catch(onTrouble);
    if (lastUs === undefined) notifier.notify(notification, stored.rule.channels);
    else decider.refused(notification, lastUs);
  };
  const telling = new Set<Promise<void>>();
  const tell = (notification: Notification): void => {
    const going = claimAndTell(notification).finally(() => telling.delete(going));
    telling.add(going);
  };
  const agree = async (isLook: boolean): Promise<void> => {
    const isConnected = options.isConnected();
    decider.hears(isConnected, nowUs());
    if (!isConnected && isLook) await cutOff.update((kept) => decider.agreeOnCutOff(kept, nowUs()));
    if (!isConnected) return;
    decider.silence.known(options.cameras(), nowUs());
    if (isLook || decider.silence.hasNews(nowUs()))
      await quiet.update((kept) => decider.silence.agree(kept, nowUs()));
  };

  run.onEdge(({ cameras, atUs }) => {
    for (const { cameraId, state } of cameras)
      if (state === 'online') decider.silence.heard(cameraId, nowUs(), atUs);
  });
  let seconds = 0;
  const ticker = startTicker(
    1000,
    async () => {
      const isLook = seconds % lookEverySeconds === 0;
      seconds += 1;
      await agree(isLook).catch(onTrouble);
      decider.second(rules.list(), nowUs()).forEach(tell);
      for (const { name, kind } of channels) metrics.waiting(kind, name, notifier.waiting(name));
      if (!isLook) return;
      await rules.read();
      await notifier.resume();
    },
    (error) => repeated.warn({ err: error }, 'what other consoles left could not be read'),
  );

  return {
    rules,
    channels,
    notifier,
    changed({ kind, appearance }, detection) {
      if (kind === 'joined' || kind === 'ended' || !detection) return;
      if (nowUs() - detection.timesUs.captured > currentUs) return;
      decider.appearance(appearance, rules.list(), nowUs()).forEach(tell);
    },
    async close() {
      await ticker.stop();
      await Promise.all(telling);
      await notifier.close();
    },
  };
}
