import { BusError } from '../bus-error.ts';
import { Condition } from '../condition.ts';
import { DeliveryWindow, type FetchedMessage } from '../delivery-window.ts';
import type { DrainOptions, SubscribeOptions, Subscription } from '../port.ts';
import type { ConsumerGroup, GroupMember } from './consumer-group.ts';
import type { PartitionLog } from './partition-log.ts';
import { PartitionReader } from './partition-reader.ts';

/** Deliveries after which timers and sockets get their turn. */
const DELIVERIES_PER_TURN = 32;

export interface SubscriptionContext {
  group: ConsumerGroup;
  isAvailable: () => boolean;
  leave: (subscription: InProcessSubscription) => void;
  random: () => number;
}

export class InProcessSubscription implements Subscription, GroupMember {
  readonly from: SubscribeOptions['from'];
  readonly #options: SubscribeOptions;
  readonly #context: SubscriptionContext;
  readonly #window: DeliveryWindow;
  readonly #settled = new Condition();
  #wake: (() => void) | undefined;
  #readers: PartitionReader[] = [];
  #turn = 0;
  #expiredBefore = 0;
  #closed = false;

  constructor(options: SubscribeOptions, context: SubscriptionContext) {
    this.from = options.from;
    this.#options = options;
    this.#context = context;
    this.#window = new DeliveryWindow(options, context.random);
    void this.#pump();
  }

  wants(topic: string): boolean {
    return this.#options.topics.some((wanted) =>
      typeof wanted === 'string' ? wanted === topic : matches(wanted, topic),
    );
  }

  assign(logs: readonly PartitionLog[]): void {
    const kept = this.#readers.filter((reader) => logs.includes(reader.log));
    if (kept.length === this.#readers.length && logs.length === kept.length) return;
    for (const reader of this.#readers) if (!kept.includes(reader)) this.#release(reader);
    const taken = logs.filter((log) => !kept.some((reader) => reader.log === log));
    const { group } = this.#context;
    this.#readers = [...kept, ...taken.map((log) => new PartitionReader(log, group.committed(log)))];
    this.#options.onPartitions?.(logs.map(({ topic, partition }) => ({ topic, partition })));
    this.#settled.notify();
    this.wake();
  }

  /** Looks again whether there is something to deliver. */
  wake(): void {
    this.#wake?.();
  }

  async caughtUp(): Promise<void> {
    const targets = this.#readers.map(({ progress, range }) => ({ progress, range }));
    const isDone = (): boolean =>
      targets.every(({ progress, range }) => progress.revoked.aborted || progress.isSettledUpTo(range));
    await this.#settled.until(() => this.#closed || isDone());
    if (!isDone()) throw new BusError('CLOSED', 'The subscription was closed before it had caught up.');
  }

  async lag(): Promise<number> {
    return this.#readers.reduce((sum, { progress, range }) => sum + progress.lag(range), 0);
  }

  unsettled(): number {
    return this.#window.unsettled;
  }

  expired(): number {
    return this.#readers.reduce((sum, reader) => sum + reader.expired, this.#expiredBefore);
  }

  async close({ drainTimeoutMs = 5000 }: DrainOptions = {}): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.wake();
    await this.#window.close(drainTimeoutMs);
    this.#context.leave(this);
    for (const reader of this.#readers) this.#release(reader);
    this.#readers = [];
    this.#settled.notify();
  }

  #release(reader: PartitionReader): void {
    this.#expiredBefore += reader.expired;
    reader.progress.revoke();
  }

  async #pump(): Promise<void> {
    for (let delivered = 1; !this.#closed; delivered += 1) {
      const reader = this.#nextReader();
      const message = reader?.takeNext();
      if (!reader || !message) {
        await this.#nextWake();
        continue;
      }
      void this.#deliver(reader, message);
      if (delivered % DELIVERIES_PER_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async #deliver({ log, progress }: PartitionReader, message: FetchedMessage): Promise<void> {
    if (await this.#window.deliver(message, progress.revoked)) {
      progress.settle(message.offset);
      this.#context.group.commit(log, Number(progress.committable));
    }
    this.#settled.notify();
    this.wake();
  }

  /** Takes turns, so that a busy partition cannot starve another one. */
  #nextReader(): PartitionReader | undefined {
    if (!this.#context.isAvailable() || !this.#window.hasRoom()) return undefined;
    for (let step = 1; step <= this.#readers.length; step += 1) {
      const index = (this.#turn + step) % this.#readers.length;
      const reader = this.#readers[index];
      if (!reader?.hasNext()) continue;
      this.#turn = index;
      return reader;
    }
    return undefined;
  }

  #nextWake(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}

/** A sticky or global RegExp keeps state between tests; a topic either matches or it does not. */
function matches(pattern: RegExp, topic: string): boolean {
  pattern.lastIndex = 0;
  return pattern.test(topic);
}
