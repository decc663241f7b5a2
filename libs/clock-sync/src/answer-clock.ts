import {
  clockReplyEvent,
  clockRequestEvent,
  clockTopicPattern,
  siteClockTopic,
  topicNames,
} from '@framegate/contracts';
import type { MessageBus, Producer, Subscription } from '@framegate/message-bus';

export interface AnswerOptions {
  readonly nowUs: () => number;
  readonly producer: Producer;
  /** Whether this process is the one that answers. */
  readonly isLeading: () => boolean;
  /** A message was no question: it is passed over. */
  readonly onRefused: (topic: string, error: unknown) => void;
}

/** Answers every site that asks for the time. */
export function answerClock(bus: MessageBus, options: AnswerOptions): Promise<Subscription> {
  const { nowUs, producer, isLeading, onRefused } = options;
  return bus.subscribe({
    topics: [clockTopicPattern],
    group: null,
    from: 'latest',
    handler: async (delivery) => {
      const receivedAtUs = nowUs();
      if (!isLeading()) return;
      try {
        const request = clockRequestEvent.decode(delivery);
        // An access list of the broker sees the topic and never what is in it.
        if (delivery.topic !== siteClockTopic(request.site))
          throw new Error(`site ${request.site} may not ask through ${delivery.topic}`);
        const reply = clockReplyEvent.encode({ ...request, receivedAtUs, repliedAtUs: nowUs() });
        await producer.send(topicNames.clock, reply);
      } catch (error) {
        onRefused(delivery.topic, error);
      }
    },
  });
}
