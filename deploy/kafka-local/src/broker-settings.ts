import { KAFKA_VERSION } from './layout.ts';

export interface BrokerSettings {
  host: string;
  port: number;
  controllerPort: number;
  topicsFolder: string;
  /** A second listener for clients that reach the broker at another port than it listens on: through a proxy. */
  proxied?: { port: number; advertisedHost: string; advertisedPort: number } | undefined;
  secured?: SecuredListener | undefined;
}

/** A listener for clients that show who they are: TLS and SCRAM, and nobody does what no rule allows. */
export interface SecuredListener {
  port: number;
  /** PEM file of private key and certificate. */
  keystore: string;
  /** Passwords by user. */
  users: Readonly<Record<string, string>>;
}

/** One node that is broker and controller, small, quick to start and quick to come back after a crash. */
export function serverProperties({
  host,
  port,
  controllerPort,
  topicsFolder,
  proxied,
  secured,
}: BrokerSettings): string {
  const own = `PLAINTEXT://${host}:${port}`;
  const guarded = secured ? [`SECURED://${host}:${secured.port}`] : [];
  const listeners = [own, ...guarded, ...(proxied ? [`PROXIED://${host}:${proxied.port}`] : [])];
  const advertised = [
    own,
    ...guarded,
    ...(proxied ? [`PROXIED://${proxied.advertisedHost}:${proxied.advertisedPort}`] : []),
  ];
  return properties({
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@${host}:${controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: [...listeners, `CONTROLLER://${host}:${controllerPort}`].join(','),
    'advertised.listeners': advertised.join(','),
    'inter.broker.listener.name': 'PLAINTEXT',
    'listener.security.protocol.map':
      'PLAINTEXT:PLAINTEXT,PROXIED:PLAINTEXT,SECURED:SASL_SSL,CONTROLLER:PLAINTEXT',
    'log.dirs': topicsFolder,
    'auto.create.topics.enable': false,
    'message.max.bytes': 4 * 1024 * 1024,
    // Retention looks at whole segments; the defaults (1 GB, 5 min) would keep minutes of frames for hours.
    'log.segment.bytes': 64 * 1024 * 1024,
    'log.retention.check.interval.ms': 10_000,
    // Default 128 MB of heap.
    'log.cleaner.dedupe.buffer.size': 2 * 1024 * 1024,
    // Default 3 s before the first member of a group may read.
    'group.initial.rebalance.delay.ms': 0,
    // After a crash the broker refuses itself until its old session is over (default 9 s).
    'broker.session.timeout.ms': 3000,
    'broker.heartbeat.interval.ms': 500,
    // Default 50 partitions each, which cost memory and start-up time.
    'offsets.topic.num.partitions': 1,
    'offsets.topic.replication.factor': 1,
    'transaction.state.log.num.partitions': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'share.coordinator.state.topic.num.partitions': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    // Default 10 min, in which a client that came back seems to hold more connections than it uses.
    'connections.max.idle.ms': 60_000,
    'num.network.threads': 2,
    'num.io.threads': 4,
    ...(secured && securedProperties(secured)),
  });
}

function securedProperties({ keystore }: SecuredListener): Record<string, string> {
  return {
    'sasl.enabled.mechanisms': 'SCRAM-SHA-512',
    'listener.name.secured.scram-sha-512.sasl.jaas.config':
      'org.apache.kafka.common.security.scram.ScramLoginModule required;',
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': keystore,
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    // Who comes by the other listeners, which only this machine reaches, administers.
    'super.users': 'User:ANONYMOUS',
  };
}

export function loggingProperties(brokerLog: string): string {
  return properties({
    'rootLogger.level': 'info',
    'rootLogger.appenderRef.file.ref': 'File',
    'appender.file.type': 'RollingFile',
    'appender.file.name': 'File',
    'appender.file.fileName': brokerLog,
    'appender.file.filePattern': `${brokerLog}.%i`,
    'appender.file.layout.type': 'PatternLayout',
    'appender.file.layout.pattern': '%d{ISO8601} %p %m (%c)%n',
    'appender.file.policies.type': 'SizeBasedTriggeringPolicy',
    'appender.file.policies.size': '10MB',
    'appender.file.strategy.type': 'DefaultRolloverStrategy',
    'appender.file.strategy.max': 2,
  });
}

/** What Maven is to fetch: the broker, its command-line tools, and the logging that the ready check reads. */
export function pom(): string {
  const dependencies = [
    ['org.apache.kafka', 'kafka_2.13', KAFKA_VERSION],
    ['org.apache.kafka', 'kafka-tools', KAFKA_VERSION],
    ['org.apache.logging.log4j', 'log4j-slf4j-impl', '2.25.4'],
  ].map(
    ([group, artifact, version]) =>
      `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`,
  );
  return [
    '<project><modelVersion>4.0.0</modelVersion>',
    '<groupId>io.framegate</groupId><artifactId>kafka-jars</artifactId><version>1</version><packaging>pom</packaging>',
    `<dependencies>${dependencies.join('\n')}</dependencies></project>\n`,
  ].join('\n');
}

function properties(entries: Record<string, string | number | boolean>): string {
  const lines = Object.entries(entries).map(([name, value]) => `${name}=${escape(String(value))}`);
  return `${lines.join('\n')}\n`;
}

/** Java reads a backslash in a properties file as an escape. */
function escape(value: string): string {
  return value.replaceAll('\\', '\\\\');
}
