/** One client library with a topic of some partitions behind it: messages in, messages out. */
export interface Transport {
  /** Resolves when the broker has it. */
  send(partition: number, sentAtMs: number, body: Uint8Array): Promise<unknown>;
  close(): Promise<void>;
}

export interface TransportTask {
  readonly brokers: readonly string[];
  readonly topic: string;
  readonly partitions: number;
  readonly onMessage: (sentAtMs: number) => void;
}

/** Opens a producer and a consumer, which listens when this resolves. */
export type OpenTransport = (task: TransportTask) => Promise<Transport>;
