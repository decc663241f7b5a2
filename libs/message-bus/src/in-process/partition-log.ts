import { messageBytes } from '../message-size.ts';

export interface StoredMessage {
  offset: number;
  key: string;
  headers: Record<string, string>;
  body: Uint8Array;
  timestampMs: number;
}

/** One partition: messages by offset. Offsets never move; compaction and retention leave gaps. */
export class PartitionLog {
  readonly topic: string;
  readonly partition: number;
  readonly compacted: boolean;
  /** Insertion order is offset order. */
  readonly #messages = new Map<number, StoredMessage>();
  readonly #offsetByKey = new Map<string, number>();
  #start = 0;
  #end = 0;
  #bytes = 0;

  constructor(topic: string, partition: number, compacted: boolean) {
    this.topic = topic;
    this.partition = partition;
    this.compacted = compacted;
  }

  /** The first offset that is still there; `end` when there is none. */
  get start(): number {
    return this.#start;
  }

  /** The offset that the next message gets. */
  get end(): number {
    return this.#end;
  }

  get bytes(): number {
    return this.#bytes;
  }

  append(message: Omit<StoredMessage, 'offset'>): number {
    const offset = this.#end;
    this.#end += 1;
    this.#messages.set(offset, { ...message, offset });
    this.#bytes += messageBytes(message);
    if (this.compacted) this.#compact(message.key, offset);
    return offset;
  }

  /** The first message at or after an offset. */
  read(from: number): StoredMessage | undefined {
    for (let offset = Math.max(from, this.#start); offset < this.#end; offset += 1) {
      const message = this.#messages.get(offset);
      if (message) return message;
    }
    return undefined;
  }

  oldest(): StoredMessage | undefined {
    return this.#messages.get(this.#start);
  }

  removeOldest(): void {
    this.#remove(this.#start);
  }

  /** Kafka compacts in the background and later; its readers too see at least the newest message of each key. */
  #compact(key: string, offset: number): void {
    const superseded = this.#offsetByKey.get(key);
    this.#offsetByKey.set(key, offset);
    if (superseded !== undefined) this.#remove(superseded);
  }

  #remove(offset: number): void {
    const message = this.#messages.get(offset);
    if (!message) return;
    this.#messages.delete(offset);
    this.#bytes -= messageBytes(message);
    if (offset === this.#start) this.#start = this.#messages.keys().next().value ?? this.#end;
  }
}
