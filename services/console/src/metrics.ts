import type { HistoryStoreErrorCode } from '@framegate/history-store';
import type { Metrics } from '@framegate/service-kit';
import { stageBucketsSeconds } from '@framegate/service-kit';

/** What the console counts beside the requests of its API. */
export interface ConsoleMetrics {
  readonly viewers: ViewerMetrics;
  readonly history: HistoryMetrics;
  readonly notifications: NotificationMetrics;
}

export interface ViewerMetrics {
  /** @param bufferedBytes what was sent to this browser and has not left this machine */
  opened(bufferedBytes: () => number): { closed(): void };
  /** Looks how much waits for all browsers; call it each second. */
  second(): void;
  sent(bytes: number): void;
  /** A newer picture took the place of one that a slow browser had not got. */
  skipped(): void;
}

export interface HistoryMetrics {
  answered(call: string, seconds: number): void;
  failed(call: string, code: HistoryStoreErrorCode | 'OTHER'): void;
}

export interface NotificationMetrics {
  /** @param objectiveMs what is promised of the camera's results; undefined where it was no result */
  delivered(channel: string, seconds: number, objectiveMs: number | undefined): void;
  failed(channel: string): void;
  /** @param name of the channel, as the file of channels has it */
  waiting(channel: string, name: string, notifications: number): void;
}

/** An alert is due within seconds; slow ones are worth telling apart, too. */
const alertBucketsSeconds = [0.25, 0.5, 1, 2, 3, 5, 10, 30, 60, 300];
const objectiveMultiples = [0.5, 1, 1.5, 2, 3, 5, 10, 30, 100];

export function createConsoleMetrics(metrics: Metrics): ConsoleMetrics {
  return {
    viewers: createViewerMetrics(metrics),
    history: createHistoryMetrics(metrics),
    notifications: createNotificationMetrics(metrics),
  };
}

function createViewerMetrics(metrics: Metrics): ViewerMetrics {
  const viewers = metrics.gauge('console_viewers', 'Browsers with a live connection');
  const buffered = metrics.gauge(
    'console_buffered_bytes',
    'What was sent to browsers and has not left this machine',
  );
  const sent = metrics.counter('console_pictures_sent_total', 'Pictures sent to browsers');
  const sentBytes = metrics.counter('console_sent_picture_bytes_total', 'Bytes of those pictures');
  const skipped = metrics.counter(
    'console_pictures_skipped_total',
    'Pictures that a browser did not get because a newer one of their camera came before it was ready',
  );
  const open = new Set<() => number>();
  return {
    opened(bufferedBytes) {
      open.add(bufferedBytes);
      viewers.set(open.size);
      return {
        closed() {
          open.delete(bufferedBytes);
          viewers.set(open.size);
        },
      };
    },
    second: () => buffered.set([...open].reduce((sum, bytes) => sum + bytes(), 0)),
    sent(bytes) {
      sent.inc();
      sentBytes.inc(bytes);
    },
    skipped: () => skipped.inc(),
  };
}

function createHistoryMetrics(metrics: Metrics): HistoryMetrics {
  const seconds = metrics.histogram(
    'history_call_seconds',
    'Time until the history store answered, or failed',
    stageBucketsSeconds,
    ['call'],
  );
  const errors = metrics.counter('history_errors_total', 'Calls of the history store that failed', [
    'call',
    'code',
  ]);
  return {
    answered: (call, took) => seconds.observe({ call }, took),
    failed: (call, code) => errors.inc({ call, code }),
  };
}

function createNotificationMetrics(metrics: Metrics): NotificationMetrics {
  const seconds = metrics.histogram(
    'notification_seconds',
    'From the capture of what a rule wants to the word of the receiver',
    alertBucketsSeconds,
    ['channel'],
  );
  const ofObjective = metrics.histogram(
    'notification_objective_ratio',
    "From the capture of an appearance to the word of the receiver, as a multiple of its camera's objective",
    objectiveMultiples,
    ['channel'],
  );
  const failed = metrics.counter('notifications_failed_total', 'Notifications that were given up', [
    'channel',
  ]);
  const waiting = metrics.gauge('notifications_waiting', 'Notifications on their way or to be tried again', [
    'channel',
    'name',
  ]);
  return {
    delivered(channel, took, objectiveMs) {
      seconds.observe({ channel }, Math.max(0, took));
      if (objectiveMs !== undefined)
        ofObjective.observe({ channel }, Math.max(0, took) / (objectiveMs / 1000));
    },
    failed: (channel) => failed.inc({ channel }),
    waiting: (channel, name, notifications) => waiting.set({ channel, name }, notifications),
  };
}
