import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  BusError,
  type DrainOptions,
  type LogRange,
  settledWithin,
  type SubscribeOptions,
  type Subscription,
} from '@framegate/message-bus';
import type { Kafka } from 'kafkajs';
import { ConsumerSession } from './consumer-session.ts';
import { GroupReader } from './group-reader.ts';
import type { KafkaSettings } from './options.ts';
import { Patience } from './patience.ts';
import { StartPositions } from './start-positions.ts';
import type { TopicAdmin } from './topic-admin.ts';
import { matchingTopics } from './topic-pattern.ts';

/** What running handlers get before a session is replaced, because new topics match or kafkajs gave up. */
const HANDOVER_TIMEOUT_MS = 1000;
const DELETE_GROUP_TIMEOUT_MS = 1000;

export interface SubscriptionContext {
  kafka: Kafka;
  topics: TopicAdmin;
  settings: KafkaSettings;
  onClosed: (subscription: KafkaSubscription) => void;
}

/** Reads for as long as it is open, through one consumer session after the other. */
export class KafkaSubscription implements Subscription {
  readonly #options: SubscribeOptions;
  readonly #context: SubscriptionContext;
  readonly #groupId: string;
  readonly #reader: GroupReader;
  readonly #closing = new AbortController();
  readonly #running: Promise<void>;
  #formerId: string | undefined;
  #hasTopics = true;
  #draining = false;

  private constructor(options: SubscribeOptions, context: SubscriptionContext, starts: StartPositions) {
    this.#options = options;
    this.#context = context;
    this.#groupId = options.group ?? `${context.settings.clientId}.observer.${randomUUID()}`;
    this.#reader = new GroupReader(options, context.settings, starts);
    this.#running = this.#run();
  }

  /** @throws BusError `TOPIC_MISSING` */
  static async open(options: SubscribeOptions, context: SubscriptionContext): Promise<KafkaSubscription> {
    const existing = await context.topics.topics();
    const missing = options.topics.find((topic) => typeof topic === 'string' && !existing.includes(topic));
    if (missing !== undefined) {
      throw new BusError(
        'TOPIC_MISSING',
        `Topic ${missing} does not exist. Create it with ensureTopics first.`,
      );
    }
    const starts = await StartPositions.at(context.topics, options, matchingTopics(options.topics, existing));
    return new KafkaSubscription(options, context, starts);
  }

  async caughtUp(): Promise<void> {
    const { changed } = this.#reader.assignment;
    await changed.until(() => this.#isAssigned() || this.#closing.signal.aborted);
    const targets = await this.#ranges();
    const isDone = (): boolean =>
      this.#isAssigned() &&
      this.#reader.assignment.all.every((progress) => {
        const range = targets.get(progress.topic)?.get(progress.partition);
        return range === undefined || progress.isSettledUpTo(range);
      });
    await changed.until(() => this.#closing.signal.aborted || isDone());
    if (!isDone()) throw new BusError('CLOSED', 'The subscription was closed before it had caught up.');
  }

  async lag(): Promise<number> {
    const ranges = await this.#ranges();
    return this.#reader.assignment.all.reduce((sum, progress) => {
      const range = ranges.get(progress.topic)?.get(progress.partition);
      return sum + (range ? progress.lag(range) : 0);
    }, 0);
  }

  unsettled(): number {
    return this.#reader.window.unsettled;
  }

  expired(): number {
    return this.#reader.assignment.skipped;
  }

  async close({ drainTimeoutMs = 5000 }: DrainOptions = {}): Promise<void> {
    if (this.#draining) return this.#running;
    this.#draining = true;
    this.#reader.pause();
    await this.#reader.window.close(drainTimeoutMs);
    this.#closing.abort();
    this.#reader.assignment.changed.notify();
    await this.#running;
    if (this.#options.group === null) {
      await settledWithin(this.#context.topics.deleteGroup(this.#groupId), DELETE_GROUP_TIMEOUT_MS);
    }
    this.#context.onClosed(this);
  }

  async #run(): Promise<void> {
    const patience = new Patience(this.#closing.signal, this.#context.settings.random);
    for (let failures = 0; !this.#closing.signal.aborted;) {
      const over = new AbortController();
      try {
        await this.#runSession(AbortSignal.any([over.signal, this.#closing.signal]));
        failures = 0;
        this.#formerId = undefined;
      } catch (err) {
        failures += 1;
        this.#formerId = this.#reader.assignment.memberId;
        this.#context.settings.logger?.warn(
          { err, group: this.#groupId, failures },
          'consumer session ended',
        );
      }
      over.abort();
      await this.#reader.leave(this.#closing.signal.aborted ? 0 : HANDOVER_TIMEOUT_MS);
      if (failures > 0) await patience.pause(failures);
    }
  }

  /** Returns when another session is needed, because other topics match now, or none, because everything closes. */
  async #runSession(over: AbortSignal): Promise<void> {
    const { kafka, settings, topics } = this.#context;
    const existing = await Promise.race([topics.topics(), aborted(over)]);
    if (!existing) return;
    const names = matchingTopics(this.#options.topics, existing);
    this.#hasTopics = names.length > 0;
    this.#reader.assignment.changed.notify();
    const ends = [this.#untilTopicsChange(names, over)];
    if (this.#hasTopics) {
      const member = { groupId: this.#groupId, formerId: this.#formerId };
      const session = new ConsumerSession(kafka, settings, member, names);
      this.#reader.join(session);
      await session.start(this.#reader);
      ends.push(session.crashed);
    }
    await Promise.race([...ends, aborted(over)]);
  }

  async #untilTopicsChange(names: readonly string[], over: AbortSignal): Promise<void> {
    const { topics, settings } = this.#context;
    const intervalMs = this.#options.topics.some((topic) => topic instanceof RegExp)
      ? settings.topicPollIntervalMs
      : settings.topicPollIntervalMs * 1000;
    for (;;) {
      await delay(intervalMs, undefined, { signal: over }).catch(() => {});
      if (over.aborted) return;
      const now = matchingTopics(this.#options.topics, await topics.topics());
      if (now.length !== names.length || now.some((topic) => !names.includes(topic))) return;
    }
  }

  #isAssigned(): boolean {
    return !this.#hasTopics || this.#reader.assignment.ready;
  }

  async #ranges(): Promise<Map<string, Map<number, LogRange>>> {
    const names = [...new Set(this.#reader.assignment.all.map(({ topic }) => topic))];
    return new Map(
      await Promise.all(names.map(async (name) => [name, await this.#context.topics.ranges(name)] as const)),
    );
  }
}

/** A question that waits for a broker must not hold up a close. */
function aborted(signal: AbortSignal): Promise<undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  if (signal.aborted) resolve(undefined);
  signal.addEventListener('abort', () => resolve(undefined), { once: true });
  return promise;
}
