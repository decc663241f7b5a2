import type { TopicSpec } from '@framegate/message-bus';
import kafkajs, { type Admin, type AclEntry } from 'kafkajs';
import { ASK_ONCE, createKafkaClient } from './kafka-client.ts';
import { type KafkaBusOptions, withDefaults } from './options.ts';
import { Patience } from './patience.ts';
import { settingsOf, TopicAdmin, topicConfig } from './topic-admin.ts';

/** Lets a user do something with a topic, or with all groups that begin with a name. */
export interface AccessRule {
  readonly user: string;
  readonly on: { readonly topic: string } | { readonly groupsFrom: string };
  readonly operations: readonly (keyof typeof operations)[];
}

const operations = {
  read: kafkajs.AclOperationTypes.READ,
  write: kafkajs.AclOperationTypes.WRITE,
  describe: kafkajs.AclOperationTypes.DESCRIBE,
  describeConfigs: kafkajs.AclOperationTypes.DESCRIBE_CONFIGS,
  delete: kafkajs.AclOperationTypes.DELETE,
};

/** Puts a cluster in order for Framegate: what an administrator does once, and a service may not. */
export class KafkaAdministration {
  readonly #closing = new AbortController();
  readonly #topics: TopicAdmin;
  readonly #patience: Patience;
  readonly #admin: Admin;
  readonly #replicationFactor: number;

  constructor(options: KafkaBusOptions) {
    const settings = withDefaults(options);
    const kafka = createKafkaClient(settings, ASK_ONCE);
    this.#patience = new Patience(this.#closing.signal, settings.random);
    this.#topics = new TopicAdmin(kafka, this.#patience, settings.replicationFactor);
    this.#replicationFactor = settings.replicationFactor;
    this.#admin = kafka.admin();
  }

  /**
   * Creates topics, adds partitions where there are too few, and gives them their retention and message size. What else
   * is set on a topic stays. Waits for a broker that is away. @returns what was changed, one line each
   */
  async arrange(specs: readonly TopicSpec[]): Promise<string[]> {
    const changes: string[] = [];
    for (const spec of specs) changes.push(...(await this.#arrangeTopic(spec)));
    return changes;
  }

  /** Adds what is not allowed yet; nothing is taken away. */
  async allow(rules: readonly AccessRule[]): Promise<void> {
    await this.#ask('allowing access', (admin) => admin.createAcls({ acl: rules.flatMap(entriesOf) }));
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([this.#topics.close(), this.#admin.disconnect()]);
  }

  async #arrangeTopic(spec: TopicSpec): Promise<string[]> {
    const existing = await this.#topics.describe(spec.name);
    if (!existing) {
      const topics = [topicConfig(spec, this.#replicationFactor)];
      await this.#topics.create(topics);
      return [`${spec.name}: created with ${spec.partitions} partitions`];
    }
    const changes: string[] = [];
    if (existing.partitions < spec.partitions) {
      const topicPartitions = [{ topic: spec.name, count: spec.partitions }];
      await this.#ask(`widening ${spec.name}`, (admin) => admin.createPartitions({ topicPartitions }));
      changes.push(`${spec.name}: ${existing.partitions} partitions become ${spec.partitions}`);
    }
    const wrong = settingsOf(spec).filter(({ name, value }) => existing.settings.get(name) !== value);
    if (wrong.length > 0) {
      await this.#set(
        spec.name,
        new Map([...existing.ownSettings, ...wrong.map(({ name, value }) => [name, value] as const)]),
      );
      changes.push(
        ...wrong.map(
          ({ name, value }) => `${spec.name}: ${name} ${existing.settings.get(name)} becomes ${value}`,
        ),
      );
    }
    return changes;
  }

  /** The request replaces all settings of a topic, so those that it has are given again. */
  async #set(name: string, settings: ReadonlyMap<string, string>): Promise<void> {
    const configEntries = [...settings].map(([key, value]) => ({ name: key, value }));
    const resources = [{ type: kafkajs.ConfigResourceTypes.TOPIC, name, configEntries }];
    await this.#ask(`setting ${name}`, (admin) => admin.alterConfigs({ validateOnly: false, resources }));
  }

  #ask<T>(doing: string, question: (admin: Admin) => Promise<T>): Promise<T> {
    return this.#patience.until(doing, async () => {
      await this.#admin.connect();
      return question(this.#admin);
    });
  }
}

function entriesOf({ user, on, operations: allowed }: AccessRule): AclEntry[] {
  const resource =
    'topic' in on
      ? {
          resourceType: kafkajs.AclResourceTypes.TOPIC,
          resourceName: on.topic,
          resourcePatternType: kafkajs.ResourcePatternTypes.LITERAL,
        }
      : {
          resourceType: kafkajs.AclResourceTypes.GROUP,
          resourceName: on.groupsFrom,
          resourcePatternType: kafkajs.ResourcePatternTypes.PREFIXED,
        };
  return allowed.map((name) => ({
    ...resource,
    principal: `User:${user}`,
    host: '*',
    operation: operations[name],
    permissionType: kafkajs.AclPermissionTypes.ALLOW,
  }));
}
