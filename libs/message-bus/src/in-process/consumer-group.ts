import { assignPartitions } from './assignment.ts';
import type { PartitionLog } from './partition-log.ts';

export interface GroupMember {
  readonly from: 'earliest' | 'latest';
  wants(topic: string): boolean;
  /** The member's whole new share; what is missing from it is revoked. */
  assign(logs: readonly PartitionLog[]): void;
}

/** A named reader of partitions: who reads which, and how far everybody has settled. */
export class ConsumerGroup {
  readonly #members: GroupMember[] = [];
  readonly #committed = new Map<PartitionLog, number>();
  #owners = new Map<PartitionLog, GroupMember>();

  join(member: GroupMember, logs: readonly PartitionLog[]): void {
    this.#members.push(member);
    this.rebalance(logs);
  }

  leave(member: GroupMember, logs: readonly PartitionLog[]): void {
    const index = this.#members.indexOf(member);
    if (index < 0) return;
    this.#members.splice(index, 1);
    this.rebalance(logs);
  }

  rebalance(logs: readonly PartitionLog[]): void {
    const wants = (member: GroupMember, log: PartitionLog): boolean => member.wants(log.topic);
    this.#owners = assignPartitions(logs, this.#members, wants, this.#owners);
    this.#initializeOffsets();
    for (const member of this.#members) {
      member.assign(logs.filter((log) => this.#owners.get(log) === member));
    }
  }

  committed(log: PartitionLog): number {
    return this.#committed.get(log) ?? 0;
  }

  commit(log: PartitionLog, offset: number): void {
    this.#committed.set(log, offset);
  }

  /** At once, so that a "latest" group misses nothing that arrives between two owners. */
  #initializeOffsets(): void {
    for (const [log, { from }] of this.#owners) {
      if (!this.#committed.has(log)) this.#committed.set(log, from === 'latest' ? log.end : log.start);
    }
  }
}
