import type { ClockOffset } from '@framegate/contracts';
import { clockReplyEvent, clockRequestEvent, siteClockTopic, topicNames } from '@framegate/contracts';
import type { MessageBus, Producer } from '@framegate/message-bus';
import { createClockFilter } from './clock-filter.ts';

export interface CloudClockOptions {
  readonly site: string;
  /** Unique for each process: the answer is for who asked. */
  readonly instance: string;
  readonly nowUs: () => number;
  /** For the questions. */
  readonly producer: Producer;
}

/** The cloud's clock as a site knows it. */
export interface CloudClock {
  estimate(): ClockOffset | undefined;
  /** When the leading controller was last heard to answer any site; -Infinity before the first time. */
  heardAtUs(): number;
  /** Asks when it is time; call it each second. Rejects when the question could not be sent. */
  ask(): Promise<void>;
  close(): Promise<void>;
}

/** So many questions in a row at first, then one each `everyUs`. */
const eagerQuestions = 5;
const everyUs = 10e6;

export async function followCloudClock(bus: MessageBus, options: CloudClockOptions): Promise<CloudClock> {
  const { site, instance, nowUs, producer } = options;
  const filter = createClockFilter();
  let asked = 0;
  let lastUs = Number.NEGATIVE_INFINITY;
  let heardAtUs = Number.NEGATIVE_INFINITY;
  const subscription = await bus.subscribe({
    topics: [topicNames.clock],
    group: null,
    from: 'latest',
    handler: async (delivery) => {
      const arrivedAtUs = nowUs();
      heardAtUs = arrivedAtUs;
      // Other sites' answers are most of the topic: not worth parsing.
      if (delivery.key !== site) return;
      const reply = clockReplyEvent.decode(delivery);
      if (reply.instance === instance) filter.take(reply, arrivedAtUs);
    },
    maxAttempts: 1,
  });
  return {
    estimate: () => filter.estimate(nowUs()),
    heardAtUs: () => heardAtUs,
    async ask() {
      if (asked >= eagerQuestions && nowUs() - lastUs < everyUs) return;
      asked += 1;
      lastUs = nowUs();
      const question = clockRequestEvent.encode({ site, instance, sentAtUs: lastUs });
      await producer.send(siteClockTopic(site), question);
    },
    close: () => subscription.close(),
  };
}
