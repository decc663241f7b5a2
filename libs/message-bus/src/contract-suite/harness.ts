import type { Delivery, MessageBus, Producer, SubscribeOptions, Subscription } from '../port.ts';
import { message, textOf } from './fixtures.ts';

export interface BusUnderTest {
  /** A new client of the same broker each time; the suite closes it. */
  createBus(): MessageBus | Promise<MessageBus>;
  /** Takes the broker away (`false`) and brings it back (`true`); resolves when that is done. */
  setAvailable(available: boolean): Promise<void>;
  close(): Promise<void>;
}

const SEND_INTERVAL_MS = 10;

interface Collected {
  subscription: Subscription;
  received: Delivery[];
  texts: () => string[];
}

/** What each test of the contract starts from: fresh topics, clients that are closed afterwards, collecting readers. */
export class ContractHarness {
  readonly #open: () => Promise<BusUnderTest>;
  readonly #run = `${process.pid}.${Date.now().toString(36)}`;
  #broker: BusUnderTest | undefined;
  #bus: MessageBus | undefined;
  #clients: MessageBus[] = [];
  #timers: NodeJS.Timeout[] = [];
  #topics = 0;

  constructor(open: () => Promise<BusUnderTest>) {
    this.#open = open;
  }

  /** The client that made the test's topic. */
  get bus(): MessageBus {
    if (!this.#bus) throw new Error('call topic() first');
    return this.#bus;
  }

  async start(): Promise<void> {
    this.#broker = await this.#open();
  }

  async afterEach(): Promise<void> {
    for (const timer of this.#timers.splice(0)) clearInterval(timer);
    await this.#broker?.setAvailable(true);
    await Promise.all(this.#clients.splice(0).map((client) => client.close({ drainTimeoutMs: 0 })));
  }

  async stop(): Promise<void> {
    await this.#broker?.close();
  }

  async connect(): Promise<MessageBus> {
    if (!this.#broker) throw new Error('the broker was not opened');
    const client = await this.#broker.createBus();
    this.#clients.push(client);
    return client;
  }

  async topic(
    spec: { partitions?: number; compacted?: boolean; maxMessageBytes?: number } = {},
  ): Promise<string> {
    this.#bus = await this.connect();
    this.#topics += 1;
    const name = `contract.${this.#run}.${this.#topics}`;
    await this.#bus.ensureTopics([{ name, partitions: 1, ...spec }]);
    return name;
  }

  async setAvailable(available: boolean): Promise<void> {
    await this.#broker?.setAvailable(available);
  }

  /** A subscription that collects; `handle` may reject or wait. Groups are named after the topic. */
  async collect(
    options: Partial<SubscribeOptions> & Pick<SubscribeOptions, 'topics'>,
    handle: (delivery: Delivery) => Promise<void> = async () => {},
    client: MessageBus = this.bus,
  ): Promise<Collected> {
    const received: Delivery[] = [];
    const subscription = await client.subscribe({
      group: `group-of-${this.#run}.${this.#topics}`,
      from: 'earliest',
      retryBackoff: { initialMs: 1, maxMs: 10 },
      ...options,
      handler: async (delivery) => {
        received.push(delivery);
        await handle(delivery);
      },
    });
    return { subscription, received, texts: () => received.map(textOf) };
  }

  /** Sends "0", "1", … to partition seq % partitions until stopped; `stop` resolves with all of them, stored. */
  sendSteadily(
    producer: Producer,
    topic: string,
    { partitions }: { partitions: number },
  ): { stop: () => Promise<string[]> } {
    const sends: Promise<string>[] = [];
    const timer = setInterval(() => {
      const text = String(sends.length);
      const sent = producer.send(topic, { ...message(text), partition: sends.length % partitions });
      sends.push(sent.then(() => text));
      sends.at(-1)?.catch(() => {}); // `stop` reports it
    }, SEND_INTERVAL_MS);
    this.#timers.push(timer);
    return {
      stop: () => {
        clearInterval(timer);
        return Promise.all(sends);
      },
    };
  }
}
