import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import * as contracts from '../src/index.ts';
import { asyncApiDocument } from '../scripts/asyncapi-document.ts';
import * as examples from '../scripts/examples.ts';

const file = join(import.meta.dirname, '../../../docs/asyncapi.yaml');

const jsonSchema = z.record(z.string(), z.unknown());
const messageSchema = z.object({
  name: z.string(),
  headers: jsonSchema,
  payload: jsonSchema,
  examples: z.array(z.object({ headers: z.record(z.string(), z.string()), payload: z.unknown().optional() })),
});
const documentSchema = z.object({
  channels: z.record(
    z.string(),
    z.object({
      address: z.string(),
      messages: z.record(z.string(), z.object({ $ref: z.string() })),
      bindings: z.object({
        kafka: z.object({
          partitions: z.int(),
          topicConfiguration: z.record(z.string(), z.unknown()),
        }),
      }),
    }),
  ),
  components: z.object({
    messages: z.record(z.string(), messageSchema),
    schemas: z.record(z.string(), jsonSchema),
  }),
});

const written: unknown = parse(readFileSync(file, 'utf8'));
const document = documentSchema.parse(written);
const channels = Object.values(document.channels);
const { messages, schemas } = document.components;

/** Every codec of a JSON body that the package exports. */
const codecs = Object.values(contracts).filter(
  (value) => typeof value === 'object' && 'encode' in value && 'schema' in value,
);
describe('docs/asyncapi.yaml', () => {
  it('is what `node libs/contracts/scripts/asyncapi.ts` writes', () => {
    expect(written).toEqual(asyncApiDocument());
  });

  it('has a channel for each topic that the services create, with its partitions and retention', () => {
    const topics = [...contracts.siteTopics('{site}', 4), ...contracts.cloudTopics(4)];
    const described = channels.map(({ address, bindings: { kafka } }) => ({
      name: address,
      partitions: kafka.partitions,
      compacted: String(kafka.topicConfiguration['cleanup.policy']) === 'compact',
      retentionMs: kafka.topicConfiguration['retention.ms'],
      maxMessageBytes: kafka.topicConfiguration['max.message.bytes'],
    }));
    expect(described).toEqual(topics.map((topic) => expect.objectContaining({ compacted: false, ...topic })));
  });

  it('has a message for each event type that the package writes, and no others', () => {
    const frameType = String(contracts.encodeFrame(examples.frame).headers['ce_type']);
    const types: string[] = [frameType, ...codecs.map(({ type }) => type), 'quarantined'];
    const named = Object.values(messages).map(({ name }) => name);
    expect(named.toSorted()).toEqual(types.toSorted());
  });

  it('puts every message on a channel, and on each channel only messages that it has', () => {
    const used = channels.flatMap((channel) => Object.values(channel.messages).map(({ $ref }) => $ref));
    const known = Object.keys(messages).map((key) => `#/components/messages/${key}`);
    expect([...new Set(used)].toSorted()).toEqual(known.toSorted());
  });
});

it.each(Object.values(messages))(
  'the message $name has an example with every header that its schema requires',
  ({ headers, examples: [example] }) => {
    const schema = z.fromJSONSchema(headers);
    expect(schema.parse(example?.headers)).toEqual(example?.headers);
    for (const name of z.array(z.string()).parse(headers['required'])) {
      expect(() => schema.parse({ ...example?.headers, [name]: undefined })).toThrow(name);
    }
  },
);

describe.each(codecs)('the message $type', ({ type, schema, decode }) => {
  const message = Object.values(messages).find(({ name }) => name === type);
  const documented = schemas[String(message?.payload['$ref']).split('/').at(-1) ?? ''] ?? {};
  const example = message?.examples[0];

  it('has the schema of its codec', () => {
    expect(documented).toEqual({ ...z.toJSONSchema(schema, { io: 'input' }), $schema: undefined });
  });

  it('has an example that schema and codec accept', () => {
    const body = new TextEncoder().encode(JSON.stringify(example?.payload));
    expect(z.fromJSONSchema(documented).parse(example?.payload)).toEqual(example?.payload);
    expect(decode({ headers: example?.headers ?? {}, body })).toEqual(example?.payload);
  });
});

describe('the frame of docs/asyncapi.yaml', () => {
  it('lists exactly the headers that a frame has', () => {
    const { headers } = contracts.encodeFrame(examples.frame);
    const properties = jsonSchema.parse(messages['frame']?.headers['properties']);
    expect(Object.keys(properties).toSorted()).toEqual(Object.keys(headers).toSorted());
  });

  it('has an example that a reader of frames accepts', () => {
    const [example] = messages['frame']?.examples ?? [];
    const read = contracts.decodeFrame({ headers: example?.headers ?? {}, body: examples.frame.jpeg });
    expect(read).toEqual(examples.frame);
  });
});
