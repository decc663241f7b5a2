import { z } from 'zod';
import { nameSchema } from '../src/camera-id.ts';
import type { EventMessage } from '../src/event.ts';
import type { DocumentedJsonMessage } from './documented-messages.ts';
import { frameMessage, jsonMessages, quarantinedMessage } from './documented-messages.ts';
import { documentedTopics } from './documented-topics.ts';

type JsonSchema = Record<string, unknown>;

const kafkaBindingVersion = '0.5.0';

/** The AsyncAPI 3.0 document of everything that services say to each other. */
export function asyncApiDocument(): Record<string, unknown> {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Framegate events',
      version: '1.0.0',
      description: [
        'CloudEvents 1.0 in the Kafka binary binding: attributes are `ce_*` headers, the body is as it is.',
        'A reader takes fields and headers that it does not know. A later major version in `ce_type`, or a message',
        'that its schema refuses, goes to `framegate.quarantine`. Partitions are those of the default',
        'configuration. Topics with `cleanup.policy: compact` keep the newest message of each key.',
      ].join(' '),
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(documentedTopics().map((topic) => [topic.channel, channel(topic)])),
    components: {
      messages: {
        frame: frame(),
        ...Object.fromEntries(
          Object.entries(jsonMessages).map(([key, message]) => [key, jsonMessage(key, message)]),
        ),
        quarantined: quarantined(),
      },
      schemas: Object.fromEntries(
        Object.entries(jsonMessages).map(([key, { schema }]) => [key, toJsonSchema(schema)]),
      ),
    },
  };
}

function channel({ topic, perSite, ...prose }: ReturnType<typeof documentedTopics>[number]) {
  const { summary, description, messages } = prose;
  return {
    address: topic.name,
    summary,
    description,
    ...(perSite ? { parameters: { site: { description: siteDescription() } } } : {}),
    messages: Object.fromEntries(messages.map((key) => [key, { $ref: `#/components/messages/${key}` }])),
    bindings: {
      kafka: {
        ...(perSite ? {} : { topic: topic.name }),
        partitions: topic.partitions,
        topicConfiguration: {
          'cleanup.policy': [topic.compacted ? 'compact' : 'delete'],
          ...(topic.retentionMs === undefined ? {} : { 'retention.ms': topic.retentionMs }),
          ...(topic.maxMessageBytes === undefined ? {} : { 'max.message.bytes': topic.maxMessageBytes }),
        },
        bindingVersion: kafkaBindingVersion,
      },
    },
  };
}

function siteDescription(): string {
  return `Name of the site, ${String(toJsonSchema(nameSchema)['pattern'])}`;
}

function frame() {
  const { type, attributes, ...prose } = frameMessage;
  return {
    ...described(type, prose),
    contentType: 'image/jpeg',
    headers: withCloudEventHeaders(type, 'image/jpeg', toJsonSchema(attributes)),
    payload: { type: 'string', format: 'binary', contentMediaType: 'image/jpeg' },
    examples: [{ name: type, headers: prose.example.headers }],
  };
}

function jsonMessage(key: string, { type, ...prose }: DocumentedJsonMessage) {
  const contentType = 'application/json';
  return {
    ...described(type, prose),
    contentType,
    headers: withCloudEventHeaders(type, contentType, { type: 'object' }),
    payload: { $ref: `#/components/schemas/${key}` },
    examples: [{ name: type, headers: prose.example.headers, payload: bodyOf(prose.example) }],
  };
}

function quarantined() {
  const added = Object.keys(quarantinedMessage.example.headers).filter((name) =>
    name.startsWith('quarantine_'),
  );
  return {
    ...described('quarantined', quarantinedMessage),
    contentType: 'application/octet-stream',
    headers: {
      type: 'object',
      properties: Object.fromEntries(added.map((name) => [name, { type: 'string' }])),
      required: added,
    },
    payload: { type: 'string', format: 'binary' },
    examples: [{ name: 'quarantined', headers: quarantinedMessage.example.headers }],
  };
}

function described(name: string, prose: { summary: string; description: string; key: string }) {
  const { summary, description, key } = prose;
  const bindings = {
    kafka: { key: { type: 'string', description: key }, bindingVersion: kafkaBindingVersion },
  };
  return { name, summary, description, bindings };
}

/** What every event has in its headers, around what this one adds. */
function withCloudEventHeaders(type: string, contentType: string, added: JsonSchema): JsonSchema {
  const common = {
    ce_specversion: { type: 'string', const: '1.0' },
    ce_type: { type: 'string', const: type },
    ce_id: { type: 'string' },
    ce_source: { type: 'string', description: 'A URI reference' },
    ce_time: { type: 'string', format: 'date-time' },
    'content-type': { type: 'string', const: contentType },
  };
  const { properties = {}, required = [], ...rest } = added;
  return {
    ...rest,
    properties: { ...common, ...z.record(z.string(), z.unknown()).parse(properties) },
    required: [...Object.keys(common), ...z.array(z.string()).parse(required)],
  };
}

/** What a writer may send: codecs read leniently, so the schema of their input. */
function toJsonSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'input' });
  return json;
}

function bodyOf({ body }: EventMessage): unknown {
  return JSON.parse(new TextDecoder().decode(body));
}
