import type { FollowedCapacity, FollowedDirectory } from '@framegate/camera-directory';
import type { MessageBus, Producer } from '@framegate/message-bus';
import type { RunObserver } from '@framegate/run-observer';
import type { Logger } from '@framegate/service-kit';
import type { StateStore } from '@framegate/state-store';
import type { Access } from './access/access.ts';
import type { Events } from './events/events.ts';
import type { LiveFeed } from './live/live-feed.ts';
import type { LiveStateHub } from './live/live-state.ts';
import type { ConsoleMetrics } from './metrics.ts';
import type { Notifications } from './notifications/notifications.ts';
import type { DecisionOutcomes } from './run/decision-outcomes.ts';
import type { FollowedDecisions } from './run/follow-decisions.ts';
import type { FollowedSites } from './run/follow-sites.ts';
import type { PromiseOf } from './run/latency-promise.ts';
import type { RunHistory } from './run/run-history.ts';
import type { Sightings } from './run/sightings.ts';

/** What the routes work with. */
export interface ConsoleParts {
  readonly nowUs: () => number;
  readonly bus: MessageBus;
  readonly run: RunObserver;
  readonly directory: FollowedDirectory;
  readonly capacity: FollowedCapacity;
  readonly sites: FollowedSites;
  readonly decisions: FollowedDecisions;
  readonly history: RunHistory;
  readonly outcomes: DecisionOutcomes;
  readonly events: Events;
  readonly notifications: Notifications;
  readonly feed: LiveFeed;
  readonly live: LiveStateHub;
  readonly sightings: Sightings;
  readonly producer: Producer;
  readonly store: StateStore;
  /** Unique for each process. */
  readonly holder: string;
  /** What is promised of a camera now. */
  readonly promiseOf: PromiseOf;
  readonly access: Access;
  readonly metrics: ConsoleMetrics;
  readonly logger: Logger;
}
