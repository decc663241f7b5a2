import type { ConnectionOptions } from 'node:tls';

/** What pino and console have in common, fields first. */
export interface KafkaLogger {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface SaslOptions {
  mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  username: string;
  password: string;
}

export interface KafkaBusOptions {
  /** `host:port` of some of the cluster's brokers. */
  brokers: readonly string[];
  clientId: string;
  ssl?: boolean | ConnectionOptions;
  sasl?: SaslOptions;
  logger?: KafkaLogger;
  /** Time without heartbeat after which the group gives a consumer's partitions to others. Default 6000. */
  sessionTimeoutMs?: number;
  /** Until it the others do not learn that one has joined or left. Default 500. */
  heartbeatIntervalMs?: number;
  /** How long one request may take, a full one over the thinnest uplink included. Default 10,000. */
  requestTimeoutMs?: number;
  /** Time between two commits while messages settle; what settled since is delivered again after a crash. Default 250. */
  commitIntervalMs?: number;
  /** How often RegExp subscriptions look for new topics. Default 5000. */
  topicPollIntervalMs?: number;
  /** How often the connection is probed, and how long the answer may take. Default 1000 and 2000. */
  probeIntervalMs?: number;
  probeTimeoutMs?: number;
  /** After an outage of so long connections that stay silent are replaced. Default 5000. */
  longOutageMs?: number;
  /** Replicas of the topics that this bus creates. Default 1. */
  replicationFactor?: number;
  nowMs?: () => number;
  /** In [0, 1). */
  random?: () => number;
}

type Defaulted = Exclude<keyof KafkaBusOptions, 'ssl' | 'sasl' | 'logger'>;
export type KafkaSettings = KafkaBusOptions & Required<Pick<KafkaBusOptions, Defaulted>>;

export function withDefaults(options: KafkaBusOptions): KafkaSettings {
  return {
    sessionTimeoutMs: 6000,
    heartbeatIntervalMs: 500,
    requestTimeoutMs: 10_000,
    commitIntervalMs: 250,
    topicPollIntervalMs: 5000,
    probeIntervalMs: 1000,
    probeTimeoutMs: 2000,
    longOutageMs: 5000,
    replicationFactor: 1,
    nowMs: Date.now,
    random: Math.random,
    ...options,
  };
}
