import type { EventMessage } from '@framegate/contracts';
import { z } from 'zod';

const envelopeSchema = z.object({
  key: z.string(),
  headers: z.record(z.string(), z.string()),
  partition: z.int().nonnegative().optional(),
});

/** A message of the bus as it waits in a spool: the envelope is the record's meta, the body its body. */
export type Envelope = z.output<typeof envelopeSchema>;

export function encodeEnvelope({ key, headers }: EventMessage, partition?: number): Buffer {
  return Buffer.from(JSON.stringify({ key, headers, partition }));
}

/** Undefined for what is none. */
export function parseEnvelope(meta: Buffer): Envelope | undefined {
  try {
    return envelopeSchema.parse(JSON.parse(meta.toString('utf8')));
  } catch {
    return undefined;
  }
}
