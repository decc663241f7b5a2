import { BusError } from './bus-error.ts';
import { messageBytes } from './message-size.ts';
import type { OutboxLimits, SendResult } from './outbox.ts';
import type { DrainOptions, OutgoingMessage, Producer, ProducerOptions } from './port.ts';
import { type ProducerTransport, TopicRoute } from './topic-route.ts';
import { settledWithin } from './settled-within.ts';

/** The producer of every bus: copies, routes and queues messages; the transport only stores them. */
export class LanedProducer implements Producer {
  readonly #transport: ProducerTransport;
  readonly #limits: OutboxLimits;
  readonly #nowMs: () => number;
  readonly #routes = new Map<string, TopicRoute>();
  readonly #outstanding = new Set<Promise<SendResult>>();
  #closed = false;

  constructor(transport: ProducerTransport, options: ProducerOptions, nowMs: () => number) {
    this.#transport = transport;
    this.#limits = {
      maxQueuedMessages: options.maxQueuedMessages ?? 1000,
      maxQueuedBytes: options.maxQueuedBytes ?? 32 * 1024 * 1024,
      maxQueuedMs: options.maxQueuedMs ?? Number.POSITIVE_INFINITY,
    };
    this.#nowMs = nowMs;
  }

  send(topic: string, message: OutgoingMessage): Promise<SendResult> {
    if (this.#closed) return Promise.reject(producerClosed());
    // A copy: what the sender does with its buffer afterwards must not change a message that still waits.
    const copy = {
      ...message,
      headers: { ...message.headers },
      body: new Uint8Array(message.body),
      timestampMs: message.timestampMs ?? this.#nowMs(),
    };
    const { promise, resolve, reject } = Promise.withResolvers<SendResult>();
    this.#outstanding.add(promise);
    this.#route(topic).push({
      message: copy,
      bytes: messageBytes(copy),
      queuedAtMs: performance.now(),
      resolve: (result) => {
        this.#outstanding.delete(promise);
        resolve(result);
      },
      reject: (error) => {
        this.#outstanding.delete(promise);
        reject(error);
      },
    });
    return promise;
  }

  async flush(): Promise<void> {
    await Promise.allSettled(this.#outstanding);
  }

  queued(): number {
    return this.#outstanding.size;
  }

  async close({ drainTimeoutMs = 5000 }: DrainOptions = {}): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await settledWithin(this.flush(), drainTimeoutMs);
    for (const route of this.#routes.values()) route.abandon(producerClosed());
    await this.#transport.close();
  }

  #route(topic: string): TopicRoute {
    let route = this.#routes.get(topic);
    if (!route) {
      route = new TopicRoute(topic, this.#transport, this.#limits);
      this.#routes.set(topic, route);
    }
    return route;
  }
}

function producerClosed(): BusError {
  return new BusError('CLOSED', 'The producer was closed before the message was stored.');
}
