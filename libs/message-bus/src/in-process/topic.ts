import type { TopicSpec } from '../port.ts';
import { PartitionLog, type StoredMessage } from './partition-log.ts';

/** Partitions with a shared bound of bytes and age; the oldest messages of the largest partition go first. */
export class Topic {
  readonly spec: TopicSpec;
  readonly maxMessageBytes: number;
  readonly partitions: readonly PartitionLog[];
  readonly #retentionBytes: number;

  constructor(spec: TopicSpec, defaults: { retentionBytes: number; maxMessageBytes: number }) {
    this.spec = spec;
    this.maxMessageBytes = spec.maxMessageBytes ?? defaults.maxMessageBytes;
    this.#retentionBytes = defaults.retentionBytes;
    this.partitions = Array.from(
      { length: spec.partitions },
      (_, partition) => new PartitionLog(spec.name, partition, spec.compacted ?? false),
    );
  }

  /** @returns the offset of the message, or undefined where the partition does not exist */
  append(partition: number, message: Omit<StoredMessage, 'offset'>, nowMs: number): number | undefined {
    const log = this.partitions[partition];
    if (!log) return undefined;
    const offset = log.append(message);
    if (!log.compacted) {
      this.#expireByAge(log, nowMs);
      this.#expireBySize();
    }
    return offset;
  }

  #expireByAge(log: PartitionLog, nowMs: number): void {
    const { retentionMs = Number.POSITIVE_INFINITY } = this.spec;
    for (
      let oldest = log.oldest();
      oldest && nowMs - oldest.timestampMs > retentionMs;
      oldest = log.oldest()
    ) {
      log.removeOldest();
    }
  }

  #expireBySize(): void {
    let bytes = this.partitions.reduce((sum, log) => sum + log.bytes, 0);
    while (bytes > this.#retentionBytes) {
      const largest = this.partitions.reduce((most, log) => (log.bytes > most.bytes ? log : most));
      bytes -= largest.bytes;
      largest.removeOldest();
      bytes += largest.bytes;
    }
  }
}
