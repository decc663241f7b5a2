import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrokerOptions } from './broker.ts';
import { Broker } from './broker.ts';
import type { SecuredListener } from './broker-settings.ts';
import { jarFolder } from './layout.ts';
import { freePorts } from './ports.ts';
import { missingPrerequisite } from './prerequisites.ts';

const host = '127.0.0.1';

/** A broker of a test's own: free ports, empty, gone afterwards. */
export interface TestBroker {
  /** `host:port` of each broker, as a client takes it. */
  brokers: string[];
  /** The same through the proxy; empty without one. */
  proxiedBrokers: string[];
  /** Of its process; undefined while there is none. */
  readonly processId: number | undefined;
  /** Stops its process without closing its connections (SIGSTOP), as a stalled machine does. */
  pause(): void;
  resume(): void;
  /** SIGKILL: a crash. Its data stays for `restart`. */
  kill(): Promise<void>;
  /** Resolves when the broker serves again. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** @returns the line with which a test that needs a broker skips, or undefined when a broker can run here */
export function whyNoTestBroker(): string | undefined {
  const missing = missingPrerequisite(jarFolder(process.env));
  return missing && `skipped without a Kafka broker: ${missing}`;
}

/**
 * @param startProxy puts a proxy before a second listener of the broker; resolves with the proxy's port
 * @param advertisedHost the name under which clients of the proxy know the broker
 */
export async function startTestBroker(
  startProxy?: (target: { host: string; port: number }) => Promise<number>,
  advertisedHost = host,
): Promise<TestBroker> {
  const [port = 0, controllerPort = 0, proxiedPort = 0] = await freePorts(3, host);
  const advertisedPort = await startProxy?.({ host, port: proxiedPort });
  const proxied =
    advertisedPort === undefined ? undefined : { port: proxiedPort, advertisedHost, advertisedPort };
  return launch({ port, controllerPort, proxied });
}

/** @returns the address of its secured listener, too */
export async function startSecuredBroker(
  secured: Omit<SecuredListener, 'port'>,
): Promise<TestBroker & { readonly securedBrokers: string[] }> {
  const [port = 0, controllerPort = 0, securedPort = 0] = await freePorts(3, host);
  const broker = await launch({ port, controllerPort, secured: { ...secured, port: securedPort } });
  return Object.assign(broker, { securedBrokers: [`${host}:${securedPort}`] });
}

async function launch(
  listeners: Pick<BrokerOptions, 'port' | 'controllerPort' | 'proxied' | 'secured'>,
): Promise<TestBroker> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'framegate-kafka-'));
  const broker = new Broker({
    ...listeners,
    host,
    dataFolder,
    jars: jarFolder(process.env),
    log: () => {},
  });
  const signal = (name: NodeJS.Signals): void => {
    if (broker.processId !== undefined) process.kill(broker.processId, name);
  };
  // A test run that is interrupted must not leave a broker behind.
  const killAtExit = (): void => signal('SIGKILL');
  process.once('exit', killAtExit);
  const stop = async (): Promise<void> => {
    signal('SIGCONT');
    await broker.stop();
    process.off('exit', killAtExit);
    await rm(dataFolder, { recursive: true, force: true });
  };
  const { proxied } = listeners;
  await broker.start().catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    brokers: [broker.address],
    proxiedBrokers: proxied ? [`${proxied.advertisedHost}:${proxied.advertisedPort}`] : [],
    get processId() {
      return broker.processId;
    },
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
    kill: async () => {
      signal('SIGKILL');
      while (broker.processId !== undefined) await new Promise((resolve) => setTimeout(resolve, 10));
    },
    restart: () => broker.start(),
    stop,
  };
}
