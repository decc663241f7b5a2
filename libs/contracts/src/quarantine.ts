import type { EventMessage } from './event.ts';

/** Most that is kept of a refused body, bytes: enough to see what it was. */
const maxKeptBytes = 64 * 1024;

/** Wraps a refused message for `framegate.quarantine`: as it came, with where it came from and why it was refused. */
export function quarantineMessage(
  refused: EventMessage & { topic: string; partition: number; offset: bigint },
  refusal: { code: string; message: string },
): EventMessage {
  return {
    key: refused.key,
    body: refused.body.subarray(0, maxKeptBytes),
    headers: {
      ...refused.headers,
      quarantine_topic: refused.topic,
      quarantine_partition: String(refused.partition),
      quarantine_offset: String(refused.offset),
      quarantine_code: refusal.code,
      quarantine_reason: refusal.message,
    },
  };
}
