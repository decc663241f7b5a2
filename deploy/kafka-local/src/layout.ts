import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/** 4.4.0 exists, but its command-line tools do not. */
export const KAFKA_VERSION = '4.3.1';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the broker's jars are kept: shared by all brokers of a user. */
export function jarFolder(env: Environment): string {
  const cache = env['XDG_CACHE_HOME'] || join(userFolder(env), '.cache');
  return join(cache, 'framegate', `kafka-${KAFKA_VERSION}`, 'jars');
}

/** Where the broker of a port keeps topics, log and process id unless told otherwise. */
export function defaultDataFolder(env: Environment, port: number): string {
  const state = env['XDG_STATE_HOME'] || join(userFolder(env), '.local', 'state');
  return join(state, 'framegate', `kafka-${port}`);
}

export function dataFiles(dataFolder: string) {
  return {
    properties: join(dataFolder, 'server.properties'),
    logging: join(dataFolder, 'log4j2.properties'),
    topics: join(dataFolder, 'topics'),
    brokerLog: join(dataFolder, 'broker.log'),
    consoleLog: join(dataFolder, 'console.log'),
    processId: join(dataFolder, 'broker.pid'),
    lock: join(dataFolder, 'lock'),
  };
}

function userFolder(env: Environment): string {
  return env['HOME'] || homedir() || tmpdir();
}
