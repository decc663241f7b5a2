import type { FetchedMessage } from '@framegate/message-bus';
import type { IHeaders, KafkaMessage } from 'kafkajs';

/** What kafkajs read, in the terms of the port. */
export function toFetchedMessage(topic: string, partition: number, message: KafkaMessage): FetchedMessage {
  return {
    topic,
    partition,
    offset: BigInt(message.offset),
    key: message.key?.toString() ?? '',
    headers: textHeaders(message.headers ?? {}),
    body: message.value ?? new Uint8Array(0),
    timestampMs: Number(message.timestamp),
  };
}

/** A header that occurs several times counts with its last value. */
function textHeaders(headers: IHeaders): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => {
    const last = Array.isArray(value) ? value.at(-1) : value;
    return [name, last?.toString() ?? ''] as const;
  });
  return Object.fromEntries(entries);
}
