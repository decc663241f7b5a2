/** One span as it was, told when it is over. Ids are lower-case hexadecimal of 16 and 8 bytes. */
export interface SpanRecord {
  /** Whose work it was, which may be another service than the one that tells of it. */
  readonly service: string;
  readonly traceId: string;
  readonly spanId: string;
  /** Absent: the span is the root of its trace. */
  readonly parentSpanId?: string;
  readonly name: string;
  /** Of messages: who sends is the producer, who takes them is the consumer. */
  readonly kind: 'internal' | 'producer' | 'consumer';
  /** µs since the Unix epoch. */
  readonly startUs: number;
  readonly endUs: number;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  /** Why it failed; absent where it did not. */
  readonly error?: string;
}

/** Where traces go. Services hold `undefined` instead while nobody wants traces. */
export interface Tracing {
  /** Whether this trace is one of the share that is recorded whatever happens; every service says the same of one id. */
  isSampled(traceId: string): boolean;
  /** Never waits and never fails: what can't be delivered is dropped. */
  record(spans: readonly SpanRecord[]): void;
  /** Delivers what is waiting, for a few seconds at most. */
  close(): Promise<void>;
}
