import { BusError } from './bus-error.ts';
import type { TopicSpec } from './port.ts';

/** What is known of a topic that exists; a limit that may not be read is absent. */
interface ExistingTopic {
  readonly partitions: number;
  readonly maxMessageBytes?: number | undefined;
}

/** @throws BusError `TOPIC_UNFIT` that names every topic which is too small for what is asked of it, and what to do */
export function assertTopicsFit(
  specs: readonly TopicSpec[],
  existing: (name: string) => ExistingTopic | undefined,
): void {
  const mistakes = specs.flatMap((spec) => {
    const topic = existing(spec.name);
    return topic ? unfit(spec, topic) : [];
  });
  if (mistakes.length > 0) throw new BusError('TOPIC_UNFIT', mistakes.join('; '));
}

function unfit(spec: TopicSpec, { partitions, maxMessageBytes }: ExistingTopic): string[] {
  const { name, maxMessageBytes: neededBytes = 0 } = spec;
  return [
    ...(partitions < spec.partitions
      ? [`topic ${name} has ${partitions} partitions, ${spec.partitions} are needed: raise its number`]
      : []),
    ...(maxMessageBytes !== undefined && maxMessageBytes < neededBytes
      ? [
          `topic ${name} takes messages of ${maxMessageBytes} bytes, ${neededBytes} are needed: raise max.message.bytes`,
        ]
      : []),
  ];
}
