import type { OutgoingMessage } from './port.ts';

/** Kafka's record batch header (61) and the most that one record's own fields take, in bytes. */
const BATCH_AND_RECORD_OVERHEAD_BYTES = 96;
/** Two variable-length integers. */
const HEADER_OVERHEAD_BYTES = 10;

/** An upper bound of the bytes a message takes in a request: what size limits are compared with. */
export function messageBytes(message: Pick<OutgoingMessage, 'key' | 'headers' | 'body'>): number {
  let bytes = BATCH_AND_RECORD_OVERHEAD_BYTES + Buffer.byteLength(message.key) + message.body.byteLength;
  for (const [name, value] of Object.entries(message.headers)) {
    bytes += HEADER_OVERHEAD_BYTES + Buffer.byteLength(name) + Buffer.byteLength(value);
  }
  return bytes;
}
