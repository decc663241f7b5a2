import type { z } from 'zod';

/** A message as a bus carries it: CloudEvents 1.0 in the Kafka binary binding (`ce_*` headers, body as is). */
export interface EventMessage {
  readonly key: string;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

type ContractErrorCode = 'NOT_AN_EVENT' | 'UNKNOWN_TYPE' | 'UNSUPPORTED_VERSION' | 'MALFORMED' | 'TOO_LARGE';

/** A message that its reader refuses. `code` has few values, so it may label a metric. */
export class ContractError extends Error {
  readonly code: ContractErrorCode;
  constructor(code: ContractErrorCode, message: string) {
    super(message);
    this.name = 'ContractError';
    this.code = code;
  }
}

/** A kind of event: its CloudEvents type without the version, and the major version that this code speaks. */
export interface EventType {
  readonly name: string;
  readonly major: number;
}

/** The `ce_type` of an event. */
export function typeName({ name, major }: EventType): string {
  return `io.framegate.${name}.v${major}`;
}

/** The headers that every event has. `timeUs`: microseconds since the Unix epoch. */
export function eventHeaders(
  type: EventType,
  attributes: { id: string; source: string; timeUs: number; contentType: string },
): Record<string, string> {
  return {
    ce_specversion: '1.0',
    ce_type: typeName(type),
    ce_id: attributes.id,
    ce_source: attributes.source,
    ce_time: new Date(attributes.timeUs / 1000).toISOString(),
    'content-type': attributes.contentType,
  };
}

/** Refuses a message of another type or of a later major version. */
export function checkEventType(headers: Record<string, string>, type: EventType): void {
  const found = headers['ce_type'];
  if (found === undefined) throw new ContractError('NOT_AN_EVENT', 'no ce_type header: not a CloudEvent');
  const match = /^io\.framegate\.([a-z-]+)\.v(\d{1,9})$/.exec(found);
  if (match?.[1] !== type.name) {
    throw new ContractError(
      'UNKNOWN_TYPE',
      `ce_type "${found.slice(0, 80)}": expected io.framegate.${type.name}`,
    );
  }
  if (Number(match[2]) > type.major) {
    throw new ContractError(
      'UNSUPPORTED_VERSION',
      `ce_type "${found}": this reader knows major version ${type.major}; upgrade it`,
    );
  }
}

/** Whether it only says that there is nothing of its key any more, as compacted topics do. */
export function isTombstone({ body }: Pick<EventMessage, 'body'>): boolean {
  return body.byteLength === 0;
}

/** Where a value failed its schema, in one line. */
export function describeIssues(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`).join('; ');
}

/** Writes and reads the events of one type whose body is JSON. */
export interface JsonEvent<T> {
  /** Its `ce_type`. */
  readonly type: string;
  /** Of the body. */
  readonly schema: z.ZodType<T>;
  encode(value: T): EventMessage;
  /** @throws ContractError when the message is not such an event. Unknown fields are taken and dropped. */
  decode(message: Pick<EventMessage, 'headers' | 'body'>): T;
}

const maxJsonBytes = 1024 * 1024;

export function jsonEvent<T>(
  type: EventType,
  schema: z.ZodType<T>,
  describe: (value: T) => { key: string; id: string; source: string; timeUs: number },
): JsonEvent<T> {
  return {
    type: typeName(type),
    schema,
    encode(value) {
      const { key, ...attributes } = describe(value);
      return {
        key,
        headers: eventHeaders(type, { ...attributes, contentType: 'application/json' }),
        body: new TextEncoder().encode(JSON.stringify(value)),
      };
    },
    decode({ headers, body }) {
      checkEventType(headers, type);
      const parsed = schema.safeParse(parseJson(body));
      if (!parsed.success)
        throw new ContractError('MALFORMED', `${type.name}: ${describeIssues(parsed.error)}`);
      return parsed.data;
    },
  };
}

function parseJson(body: Uint8Array): unknown {
  if (body.byteLength > maxJsonBytes) {
    throw new ContractError('TOO_LARGE', `JSON body of ${body.byteLength} bytes: at most ${maxJsonBytes}`);
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new ContractError('MALFORMED', 'the body is not JSON in UTF-8');
  }
}
