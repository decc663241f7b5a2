import { answerClock } from '@framegate/clock-sync';
import { followCapacity, followDirectory } from '@framegate/camera-directory';
import { cloudTopics } from '@framegate/contracts';
import type { Declaration } from '@framegate/control';
import { createObservationWindow, nextToken } from '@framegate/control';
import { readerSpan } from '@framegate/frame-trace';
import type { MessageBus } from '@framegate/message-bus';
import type { Health, Logger, Metrics, Tracing } from '@framegate/service-kit';
import { createBusMetrics, followBusState, prepareTopics, startTicker } from '@framegate/service-kit';
import type { StateStore } from '@framegate/state-store';
import { followLeadership } from '@framegate/state-store';
import type { ActOutcome, ControlLoop, ControlSnapshot } from './control-loop.ts';
import { beginControl } from './control-loop.ts';
import type { DetectionListener } from './follow-run.ts';
import { followRun } from './follow-run.ts';
import { createControllerMetrics } from './metrics.ts';
import type { Mode, OperatorAct } from './operator.ts';
import type { ProfileRule } from './profile-files.ts';
import type { Scaling } from './scaling.ts';
import { noScaling } from './scaling.ts';
import { createTurns } from './turns.ts';

export interface ControllerDeps {
  readonly bus: MessageBus;
  readonly partitions: number;
  /** The time that sites are told when they ask, µs since the Unix epoch. */
  readonly nowUs: () => number;
  /** Where replicas agree on who leads. */
  readonly store: StateStore;
  /** Unique for each process. */
  readonly holder: string;
  /** Asked each second; undefined: the objectives of the cameras' intents. */
  readonly declaration?: () => Declaration | undefined;
  /** In which the loops begin, unless an operator has chosen another. Default `act`. */
  readonly mode?: Mode;
  /** Cores that the inference may use, where nothing is declared. */
  readonly cores: number;
  /** Profiles that were measured, asked each second; cameras that none fits have the built-in one. */
  readonly profiles?: () => readonly ProfileRule[];
  /** Default: nobody scales. */
  readonly scaling?: Scaling;
  /** Milliseconds of a second of the loops; tests go faster. */
  readonly stepEveryMs?: number;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Absent: no traces. */
  readonly tracing?: Tracing | undefined;
  readonly health: Health<'bus' | 'directory'>;
}

export interface Controller {
  /** Null on standby. */
  snapshot(): ControlSnapshot | null;
  /** What a person wants; null on standby. */
  act(act: OperatorAct): Promise<ActOutcome | null>;
  close(): Promise<void>;
}

const noProfiles: readonly ProfileRule[] = [];

/** A standby leads after this and a third at most, when the leader was killed. */
const leaseMs = 3000;

/**
 * The controller: watches the objectives and tells cameras and inference what to do, so that they are kept. Of several
 * replicas one leads; the others know all that it knows, and wait.
 */
export async function startController(deps: ControllerDeps): Promise<Controller> {
  const { bus, logger, health, partitions, nowUs } = deps;
  const metrics = createControllerMetrics(deps.metrics);
  const stopFollowing = followBusState(bus, health, logger, createBusMetrics(deps.metrics, 'controller'));
  await prepareTopics({ bus, topics: cloudTopics(partitions), health, logger });
  const producer = await bus.producer();
  const onRefused = (topic: string, error: unknown): void =>
    logger.warn({ topic, err: error }, 'a message was passed over');
  const onFailed = (error: unknown): void => {
    metrics.failed();
    logger.warn({ err: error }, 'what was decided could not be told; tried again in a second');
  };

  let leaseToken: number | null = null;
  let control: ControlLoop | null = null;
  const inTurn = createTurns(onFailed);
  const plan = (): void => void inTurn(async () => control?.plan());

  const window = createObservationWindow();
  const clock = await answerClock(bus, { nowUs, producer, isLeading: () => leaseToken !== null, onRefused });
  const run = await followRun(bus, window, { nowUs, onRefused, onDetection: traceReading(deps) });
  const capacity = await followCapacity(bus, { onChange: () => {}, onRefused });
  const directory = await followDirectory(bus, { onChange: plan, onRefused });

  const begin = async (): Promise<void> => {
    const begun = leaseToken;
    if (begun === null || control) return;
    // The token is settled once the configurations of all leaders before are known.
    await Promise.all([directory.caughtUp(), capacity.caughtUp()]);
    const token = nextToken(begun, [
      ...directory.configs.values(),
      ...(capacity.config ? [capacity.config] : []),
    ]);
    const term = await beginControl(token, {
      ...deps, directory, capacity, window, producer, metrics,
      mode: deps.mode ?? 'act',
      scaling: deps.scaling ?? noScaling,
      declaration: () => deps.declaration?.(),
      profiles: () => deps.profiles?.() ?? noProfiles,
    }); // prettier-ignore
    if (leaseToken !== begun) return;
    control = term;
    metrics.leads(token);
    logger.info({ token }, 'leads');
    await term.plan();
  };
  const onStoreTrouble = (error: unknown): void =>
    logger.warn({ err: error }, 'the store of the lease does not answer; asked again until it does');
  const leadership = followLeadership({
    store: deps.store,
    name: 'controller',
    holder: deps.holder,
    ttlMs: leaseMs,
    onLeading(token) {
      leaseToken = token;
      control = null;
      void inTurn(begin);
    },
    onStandby() {
      leaseToken = null;
      control = null;
      metrics.standsBy();
      logger.warn('another controller leads; this one stands by');
    },
    onTrouble: onStoreTrouble,
  });
  await leadership.check().catch(onStoreTrouble);
  health.ready('directory');
  const ticker = startTicker(
    deps.stepEveryMs ?? 1000,
    () =>
      inTurn(async () => {
        await begin();
        if (!control) {
          // Seconds end on standby, too: a first one of hours would grow without bound, and be no measure of now.
          window.observe(nowUs(), directory.configs);
          return;
        }
        const startedAtUs = nowUs();
        await control.step();
        metrics.stepped((nowUs() - startedAtUs) / 1000);
      }),
    onFailed,
  );

  return {
    snapshot: () => control?.snapshot() ?? null,
    async act(act) {
      let outcome: ActOutcome | null = null;
      await inTurn(async () => {
        outcome = (await control?.act(act)) ?? null;
      });
      return outcome;
    },
    async close() {
      const stopped = ticker.stop();
      stopFollowing();
      health.notReady('bus', 'stopping');
      // A send that waits for a broker ends here, and with it the running turn.
      await producer.close();
      await stopped;
      await leadership.close();
      await Promise.all([run.close(), clock.close(), capacity.close(), directory.close()]);
    },
  };
}

/** The last span of a frame's trace: the controller has taken note of its result. */
function traceReading({ tracing, holder, nowUs }: ControllerDeps): DetectionListener | undefined {
  if (!tracing) return undefined;
  return (detection, traceparent, startUs) => {
    const reader = { service: 'controller', instance: holder, startUs, endUs: nowUs() };
    const span = readerSpan(detection, traceparent, reader);
    if (span) tracing.record([span]);
  };
}
