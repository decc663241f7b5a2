import {
  DeliveryWindow,
  type FetchedMessage,
  type PartitionProgress,
  settledWithin,
  type SubscribeOptions,
  type TopicPartition,
} from '@framegate/message-bus';
import type { EachBatchPayload } from 'kafkajs';
import { Assignment } from './assignment.ts';
import type { ConsumerSession, SessionListener } from './consumer-session.ts';
import { toFetchedMessage } from './kafka-message.ts';
import { OffsetCommitter } from './offset-committer.ts';
import type { KafkaSettings } from './options.ts';
import type { StartPositions } from './start-positions.ts';

const COMMIT_TIMEOUT_MS = 3000;

/** Hands out what the current session fetches, and commits what settles. kafkajs fetches; the positions are ours. */
export class GroupReader implements SessionListener {
  readonly assignment: Assignment;
  readonly window: DeliveryWindow;
  readonly #options: SubscribeOptions;
  readonly #starts: StartPositions;
  readonly #heartbeatIntervalMs: number;
  readonly #committer: OffsetCommitter;
  #session: ConsumerSession | undefined;
  #paused = false;

  constructor(options: SubscribeOptions, settings: KafkaSettings, starts: StartPositions) {
    this.#options = options;
    this.#starts = starts;
    this.#heartbeatIntervalMs = settings.heartbeatIntervalMs;
    this.assignment = new Assignment(options.group !== null);
    this.window = new DeliveryWindow(options, settings.random);
    this.#committer = new OffsetCommitter(
      async (offsets) => this.#session?.commit(offsets),
      settings.commitIntervalMs,
    );
  }

  join(session: ConsumerSession): void {
    this.#session = session;
    this.#paused = false;
  }

  onAssigned(memberId: string, partitions: readonly TopicPartition[]): void {
    const { added, begin } = this.assignment.replace(memberId, partitions);
    void this.#begin(added, begin, partitions);
  }

  onRebalancing(): void {
    void this.#committer.flush();
  }

  async onBatch({ batch, resolveOffset, heartbeat, isRunning, isStale }: EachBatchPayload): Promise<void> {
    const mayGoOn = (): boolean => isRunning() && !isStale() && !this.#paused;
    for (const message of batch.messages) {
      while (mayGoOn() && !(this.assignment.ready && this.window.hasRoom())) {
        await settledWithin(this.assignment.changed.next(), this.#heartbeatIntervalMs);
        await heartbeat();
      }
      const progress = this.assignment.get(batch.topic, batch.partition);
      if (!mayGoOn() || !progress) return;
      const fetched = toFetchedMessage(batch.topic, batch.partition, message);
      if (fetched.offset >= progress.next) void this.#deliver(progress, fetched);
      resolveOffset(message.offset);
    }
    await heartbeat();
  }

  /** Fetches and hands out nothing more. */
  pause(): void {
    this.#paused = true;
    this.#session?.pause();
    this.assignment.changed.notify();
  }

  /** Leaves the group, after what is running had some time to settle. */
  async leave(drainTimeoutMs: number): Promise<void> {
    this.pause();
    const untilIdle = async (): Promise<void> => {
      while (this.window.unsettled > 0) await this.assignment.changed.next();
    };
    await settledWithin(untilIdle(), drainTimeoutMs);
    await settledWithin(this.#committer.flush(), COMMIT_TIMEOUT_MS);
    this.#committer.clear();
    this.assignment.suspend();
    await this.#session?.close();
    this.#session = undefined;
  }

  async #deliver(progress: PartitionProgress, message: FetchedMessage): Promise<void> {
    progress.start(message.offset);
    if (await this.window.deliver(message, progress.revoked)) {
      progress.settle(message.offset);
      if (this.#options.group !== null) this.#committer.note(progress);
    }
    this.assignment.changed.notify();
  }

  async #begin(
    added: readonly TopicPartition[],
    begin: ReturnType<Assignment['replace']>['begin'],
    partitions: readonly TopicPartition[],
  ): Promise<void> {
    const session = this.#session;
    try {
      if (!begin(await this.#starts.of(added))) return; // Another assignment has come since.
      for (const progress of this.assignment.all) session?.seek(progress, progress.next);
      this.#options.onPartitions?.(partitions);
    } catch (error) {
      session?.fail(error);
    }
  }
}
