import { assignPartitions } from '@framegate/message-bus';
import { AssignerProtocol, type PartitionAssigner } from 'kafkajs';

const VERSION = 0;

/**
 * Gives each member only partitions of topics that it asked for. The assigners of kafkajs ignore what the others asked
 * for, so partitions of a new topic would lie idle with members that have not seen it yet.
 */
export const topicAwareAssigner: PartitionAssigner = ({ cluster }) => ({
  name: 'FramegateTopicAware',
  version: VERSION,

  async assign({ members }) {
    const topicsOf = new Map(
      members.map(({ memberId, memberMetadata }) => [
        memberId,
        new Set(AssignerProtocol.MemberMetadata.decode(memberMetadata)?.topics),
      ]),
    );
    const topics = new Set([...topicsOf.values()].flatMap((wanted) => [...wanted]));
    const partitions = [...topics]
      .toSorted()
      .flatMap((topic) =>
        cluster
          .findTopicPartitionMetadata(topic)
          .map(({ partitionId }) => ({ topic, partition: partitionId })),
      );
    const owners = assignPartitions(
      partitions,
      [...topicsOf.keys()].toSorted(),
      (memberId, { topic }) => topicsOf.get(memberId)?.has(topic) ?? false,
      new Map(),
    );
    return members.map(({ memberId }) => {
      const assignment: Record<string, number[]> = {};
      for (const [{ topic, partition }, owner] of owners) {
        if (owner === memberId) (assignment[topic] ??= []).push(partition);
      }
      const memberAssignment = AssignerProtocol.MemberAssignment.encode({
        version: VERSION,
        assignment,
        userData: Buffer.alloc(0),
      });
      return { memberId, memberAssignment };
    });
  },

  protocol({ topics }) {
    return {
      name: 'FramegateTopicAware',
      metadata: AssignerProtocol.MemberMetadata.encode({
        version: VERSION,
        topics,
        userData: Buffer.alloc(0),
      }),
    };
  },
});
