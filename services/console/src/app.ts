import { followCapacity, followDirectory } from '@framegate/camera-directory';
import type { MessageBus } from '@framegate/message-bus';
import type { Channel } from '@framegate/notification';
import type { RunObserver } from '@framegate/run-observer';
import { followFrames } from '@framegate/run-observer';
import type { Health, Logger, Metrics } from '@framegate/service-kit';
import { createBusMetrics, followBusState, limitRepeats, startTicker } from '@framegate/service-kit';
import type { StateStore } from '@framegate/state-store';
import type { Access } from './access/access.ts';
import type { EventsOptions } from './events/events.ts';
import { startEvents } from './events/events.ts';
import { watchHistory } from './events/watched-history.ts';
import { createConsoleMetrics } from './metrics.ts';
import { startNotifications } from './notifications/notifications.ts';
import { createLiveFeed } from './live/live-feed.ts';
import type { LiveStateHub } from './live/live-state.ts';
import { createLiveState } from './live/live-state.ts';
import { createTroubles } from './live/troubles.ts';
import { consoleRoutes } from './routes/routes.ts';
import { createDecisionOutcomes } from './run/decision-outcomes.ts';
import { followDecisions } from './run/follow-decisions.ts';
import { followExistingCameras } from './run/existing-cameras.ts';
import { followSites } from './run/follow-sites.ts';
import { startHistoryWriter } from './run/history-writer.ts';
import type { PromiseOf } from './run/latency-promise.ts';
import { heldPromises } from './run/latency-promise.ts';
import { samplesOf } from './run/promise-samples.ts';
import { startRecall } from './run/recall-run.ts';
import { createRunHistory } from './run/run-history.ts';
import { createSightings } from './run/sightings.ts';
import { createServer } from './server/create-server.ts';
import { listen } from './server/listen.ts';
import { ensureWeb } from './web-build/ensure-web.ts';

export interface ConsoleDeps {
  /** Has the topics of the cloud, or will have them. */
  readonly bus: MessageBus;
  /** The run as it is watched; the console leaves closing it to its caller. */
  readonly run: RunObserver;
  readonly nowUs: () => number;
  /** What replicas share. */
  readonly store: StateStore;
  /** Where what happened is kept; the console leaves closing it to its caller. */
  readonly past: Pick<EventsOptions, 'store' | 'retention' | 'group'>;
  /** Through which people are told; absent: there are none. Closed with the console. */
  readonly channels?: readonly Channel[];
  /** Unique for each process. */
  readonly holder: string;
  /** What is promised of a camera now. */
  readonly promiseOf: PromiseOf;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Another one is taken where the port is in use. */
  readonly anyPort?: boolean;
  /** Where nobody has to sign in, only this machine may reach the server. */
  readonly access: Access;
  /** As people reach the console through a proxy. */
  readonly publicOrigins?: readonly string[];
  readonly trustProxy?: boolean;
  /** Folder where the built pages are kept; absent: that of this package. */
  readonly webCache?: string;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly health: Health<'bus' | 'pages'>;
}

export interface Console {
  readonly url: string;
  close(): Promise<void>;
}

/** The console: pages, API and live pictures for the people who watch and tune the cameras. */
export async function startConsole(deps: ConsoleDeps): Promise<Console> {
  const { bus, run, nowUs, store, holder, promiseOf, access, logger, health } = deps;
  const web = ensureWeb(deps.webCache === undefined ? {} : { cache: deps.webCache });
  // Told when it is awaited below; until then it may fail without anybody waiting.
  web.catch(() => {});
  const stopFollowing = followBusState(bus, health, logger, createBusMetrics(deps.metrics, 'console'));
  const onRefused = (topic: string, error: unknown): void =>
    logger.warn({ topic, err: error }, 'a message was passed over');

  const metrics = createConsoleMetrics(deps.metrics);
  const repeated = limitRepeats(logger, () => performance.now());
  const past = watchHistory(deps.past.store, metrics.history);
  const onTrouble = (error: unknown): void => repeated.warn({ err: error }, 'the history is not kept');
  const writer = startHistoryWriter({ store: past.store, shared: store, holder, onTrouble });
  let told: LiveStateHub | undefined;
  const producer = await bus.producer();
  const capacity = await followCapacity(bus, { onChange: () => {}, onRefused });
  const directory = await followDirectory(bus, {
    onRefused,
    onChange(cameraId, { intents }) {
      const intent = intents.get(cameraId);
      if (intent) told?.intentChanged(intent);
    },
  });
  const sites = await followSites(bus, onRefused);
  const existing = followExistingCameras({ directory, run, sites, nowUs });
  const decisions = await followDecisions(bus, { onRefused, onDecision: writer.decision });
  const frames = await followFrames(bus);
  const feed = createLiveFeed(frames, run);
  const sightings = createSightings();
  run.onDetection((detection) => sightings.add(detection));
  const promised = heldPromises(promiseOf, directory);
  const history = createRunHistory({
    run,
    directory,
    capacity,
    promised,
    onSecond: (seconds) => writer.second(seconds.flatMap(samplesOf)),
  });
  const outcomes = createDecisionOutcomes((decisionId, outcome) => writer.outcome({ decisionId, outcome }));
  const recall = startRecall({
    store: past.store,
    nowUs,
    history,
    slos: () => [...new Set(existing().map((cameraId) => promised(cameraId).slo))],
    decisions,
    outcomes,
    onTrouble,
  });
  const notifications = startNotifications({
    channels: deps.channels ?? [],
    store: past.store,
    holder,
    run,
    isConnected: () => bus.state() === 'connected',
    cameras: existing,
    objectiveMsOf: (cameraId) =>
      promiseOf(cameraId).objectiveMs ?? directory.intents.get(cameraId)?.objectiveMs,
    nowUs,
    logger,
    metrics: metrics.notifications,
    thumbnailOf: async (id) => events.recorder.thumbnail(id) ?? (await past.store.thumbnail(id)) ?? undefined,
  });
  const { changed: onChange } = notifications;
  const events = await startEvents({ ...deps.past, store: past.store, bus, frames, nowUs, logger, onChange });
  const live = createLiveState({
    run,
    directory,
    existing,
    history,
    sites: sites.list,
    promised,
    nowUs,
    troubles: createTroubles(bus, past),
  });
  told = live;
  const ticker = startTicker(
    1000,
    async () => {
      history.second(nowUs());
      outcomes.second(decisions.list(), history.all.last(120), nowUs());
      live.second();
      metrics.viewers.second();
    },
    (error) => logger.warn({ err: error }, 'a second of the console failed'),
  );

  const close = async (): Promise<void> => {
    health.notReady('pages', 'stopping');
    stopFollowing();
    await Promise.all([ticker.stop(), recall.stop()]);
    await writer.close();
    await producer.close();
    await events.close();
    await notifications.close();
    await Promise.all([feed, frames, decisions, sites, directory, capacity].map((part) => part.close()));
  };
  try {
    const server = await createServer({
      access,
      loopbackOnly: access.signIn === undefined,
      publicOrigins: deps.publicOrigins ?? [],
      trustProxy: deps.trustProxy ?? false,
      webFolder: await web,
      registry: deps.metrics.registry,
      logger,
      routes: consoleRoutes({
        bus, nowUs, run, sightings, directory, capacity, sites, decisions, history, outcomes, events, notifications, feed, live, producer, store, holder, promiseOf, access, metrics, logger,
      }), // prettier-ignore
    });
    const url = await listen(server, deps);
    health.ready('pages');
    logger.info({ url }, 'the console is served');
    return {
      url,
      async close() {
        await server.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
