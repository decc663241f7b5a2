import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { once } from 'node:events';
import { promisify } from 'node:util';
import type { Check } from './check.ts';
import { ok, optional, reasonOf } from './check.ts';

const leastJava = 17;
const connectWithinMs = 2000;

/** What a local Kafka needs, and whether the one that is named answers. */
export async function checkKafka(env: Readonly<Record<string, string | undefined>>): Promise<Check[]> {
  return Promise.all([checkJava(), checkMaven(), checkBrokers(env['KAFKA_BROKERS'])]);
}

async function checkJava(): Promise<Check> {
  const advice = `only for a Kafka of your own ("pnpm kafka start"): install Java ${leastJava} or later`;
  const output = await outputOf('java', '-version');
  if (output === null) return optional('Java', 'not installed', advice);
  const [, version = 'of unknown version', major] = /version "((\d+)[^"]*)"/.exec(output) ?? [];
  return Number(major) >= leastJava ? ok('Java', version) : optional('Java', version, advice);
}

async function checkMaven(): Promise<Check> {
  const output = await outputOf('mvn', '--version');
  if (output === null)
    return optional(
      'Maven',
      'not installed',
      'only for a Kafka of your own ("pnpm kafka start"): install maven',
    );
  return ok('Maven', /Apache Maven ([\w.-]+)/.exec(output)?.[1] ?? 'installed');
}

async function checkBrokers(brokers: string | undefined): Promise<Check> {
  if (!brokers)
    return optional(
      'Kafka',
      'KAFKA_BROKERS is not set',
      'only for several processes: "pnpm kafka start", then KAFKA_BROKERS=localhost:9092',
    );
  const reasons: string[] = [];
  for (const broker of brokers.split(',').map((each) => each.trim())) {
    const reason = await refusalOf(broker);
    if (reason === null) return ok('Kafka', `${broker} takes connections`);
    reasons.push(`${broker}: ${reason}`);
  }
  return optional('Kafka', reasons.join('; '), 'start it, or correct KAFKA_BROKERS (host:port,…)');
}

/** Null: it takes connections. */
async function refusalOf(broker: string): Promise<string | null> {
  const [, host, port] = /^\[?([^\s\]]+?)\]?:(\d{1,5})$/.exec(broker) ?? [];
  if (host === undefined || Number(port) > 65_535) return 'expected host:port';
  const socket = connect({ host, port: Number(port) });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(connectWithinMs) });
    return null;
  } catch (error) {
    return error instanceof Error && error.name === 'AbortError'
      ? `no answer within ${connectWithinMs / 1000} s`
      : reasonOf(error);
  } finally {
    socket.destroy();
  }
}

/** All that a program printed; null where it is missing or fails. */
async function outputOf(program: string, argument: string): Promise<string | null> {
  try {
    const { stdout, stderr } = await promisify(execFile)(program, [argument], { timeout: 10_000 });
    return stdout + stderr;
  } catch {
    return null;
  }
}
