import type { Detection } from '@framegate/contracts';
import type { AppearanceChange } from '@framegate/event-recorder';
import type { Channel, Notifier } from '@framegate/notification';
import { createDecider, createNotifier } from '@framegate/notification';
import type { Logger, Metrics } from '@framegate/service-kit';
import { limitRepeats, startTicker } from '@framegate/service-kit';
import type { HistoryStore } from '@framegate/history-store';
import type { RunObserver } from '@framegate/run-observer';
import type { Rules } from './rules.ts';
import { createRules } from './rules.ts';

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
  readonly run: RunObserver;
  readonly thumbnailOf: (appearanceId: string) => Promise<Uint8Array | undefined>;
  readonly nowUs: () => number;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

const rulesEverySeconds = 5;
/** What is older is history: nobody is alarmed by it. */
const currentUs = 60e6;
/** An alert is due within seconds; slow ones are worth telling apart, too. */
const bucketsSeconds = [0.25, 0.5, 1, 2, 3, 5, 10, 30, 60, 300];

export function startNotifications(options: NotificationsOptions): Notifications {
  const { channels, store, run, nowUs, logger } = options;
  const delivered = options.metrics.histogram(
    'notification_seconds',
    'From the capture of what a rule wants to the word of the receiver',
    bucketsSeconds,
    ['channel'],
  );
  const failed = options.metrics.counter('notifications_failed_total', 'Notifications that were given up', [
    'channel',
  ]);
  const repeated = limitRepeats(logger, () => performance.now());
  const rules = createRules(store);
  const decider = createDecider();
  const notifier = createNotifier({
    channels,
    nowUs,
    random: Math.random,
    thumbnailOf: options.thumbnailOf,
    onDelivered: ({ kind }, _notification, seconds) =>
      delivered.observe({ channel: kind }, Math.max(0, seconds)),
    onFailed(channel, { id }, error) {
      failed.inc({ channel: channel.kind });
      repeated.warn({ channel: channel.name, notification: id, err: error }, 'a notification was given up');
    },
  });
  const channelsOf = (ruleId: string): readonly string[] =>
    rules.list().find(({ id }) => id === ruleId)?.rule.channels ?? [];

  run.onEdge(({ cameras }) => {
    for (const { cameraId, state } of cameras) if (state === 'online') decider.heard(cameraId, nowUs());
  });
  let seconds = 0;
  const ticker = startTicker(
    1000,
    async () => {
      for (const notification of decider.second(rules.list(), nowUs()))
        notifier.notify(notification, channelsOf(notification.ruleId));
      if (seconds % rulesEverySeconds === 0) await rules.read();
      seconds += 1;
    },
    (error) => repeated.warn({ err: error }, 'the rules of notifications could not be read'),
  );

  return {
    rules,
    channels,
    notifier,
    changed({ kind, appearance }, detection) {
      if (kind === 'joined' || kind === 'ended' || !detection) return;
      if (nowUs() - detection.timesUs.captured > currentUs) return;
      for (const notification of decider.appearance(appearance, rules.list(), nowUs()))
        notifier.notify(notification, channelsOf(notification.ruleId));
    },
    async close() {
      await ticker.stop();
      await notifier.close();
    },
  };
}
