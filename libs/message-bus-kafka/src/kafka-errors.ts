import { BusError, type BusErrorCode } from '@framegate/message-bus';
import { z } from 'zod';

/** kafkajs tells its errors apart by name, and the broker's by the type of Kafka's protocol. */
const described = z.object({
  name: z.string().optional(),
  type: z.string().optional(),
  retriable: z.boolean().optional(),
  message: z.string().default('unknown error'),
  cause: z.unknown().optional(),
  errors: z.array(z.unknown()).default([]),
});
type Described = z.infer<typeof described>;

const CODE_BY_PROTOCOL_TYPE: Readonly<Record<string, BusErrorCode>> = {
  MESSAGE_TOO_LARGE: 'MESSAGE_TOO_LARGE',
  RECORD_LIST_TOO_LARGE: 'MESSAGE_TOO_LARGE',
  UNKNOWN_TOPIC_OR_PARTITION: 'TOPIC_MISSING',
  TOPIC_AUTHORIZATION_FAILED: 'AUTHORIZATION',
  GROUP_AUTHORIZATION_FAILED: 'AUTHORIZATION',
  CLUSTER_AUTHORIZATION_FAILED: 'AUTHORIZATION',
  TRANSACTIONAL_ID_AUTHORIZATION_FAILED: 'AUTHORIZATION',
  SASL_AUTHENTICATION_FAILED: 'AUTHENTICATION',
  UNSUPPORTED_SASL_MECHANISM: 'AUTHENTICATION',
  INVALID_TOPIC_EXCEPTION: 'INVALID_ARGUMENT',
  INVALID_PARTITIONS: 'INVALID_ARGUMENT',
  INVALID_REPLICATION_FACTOR: 'INVALID_ARGUMENT',
  INVALID_CONFIG: 'INVALID_ARGUMENT',
};

/** What kafkajs calls not retriable although the next attempt may well succeed. */
const TRANSIENT_NAMES = new Set(['KafkaJSTimeout', 'KafkaJSLockTimeout', 'KafkaJSGroupCoordinatorNotFound']);
/** A plain error of kafkajs, for a question to a broker whose connection has ended since it was chosen. */
const ENDED_MEANWHILE = 'Broker not connected';

/** Says what went wrong in the terms of the port; `UNREACHABLE` is what a later attempt may get over. */
export function toBusError(error: unknown, doing: string): BusError {
  if (error instanceof BusError) return error;
  const chain = causes(error);
  const root = chain.at(-1);
  const message = `Kafka: ${doing} failed: ${root?.message ?? String(error)}`;
  return new BusError(codeOf(chain), message, { cause: error });
}

export function isTransient(error: BusError): boolean {
  return error.code === 'UNREACHABLE';
}

function codeOf(chain: readonly Described[]): BusErrorCode {
  for (const { name, type } of chain) {
    const code = type === undefined ? undefined : CODE_BY_PROTOCOL_TYPE[type];
    if (code) return code;
    if (name === 'KafkaJSSASLAuthenticationError') return 'AUTHENTICATION';
  }
  // Only kafkajs itself sets `retriable`; its wrappers say false whatever the cause was.
  const isPassing = chain.some(
    ({ name, message, retriable }) =>
      retriable === true || TRANSIENT_NAMES.has(name ?? '') || message === ENDED_MEANWHILE,
  );
  return isPassing ? 'UNREACHABLE' : 'PROTOCOL';
}

/** The error and what caused it, outermost first. */
function causes(error: unknown): Described[] {
  const parsed = described.safeParse(error);
  if (!parsed.success) return [];
  const inner = parsed.data.cause === undefined ? parsed.data.errors : [parsed.data.cause];
  return [parsed.data, ...inner.flatMap(causes)];
}
