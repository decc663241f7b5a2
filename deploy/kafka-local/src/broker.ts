import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findBrokerProcess, isAlive } from './broker-process.ts';
import type { BrokerSettings } from './broker-settings.ts';
import { loggingProperties, serverProperties } from './broker-settings.ts';
import { KafkaLocalError } from './kafka-local-error.ts';
import { dataFiles } from './layout.ts';
import { withLock } from './lock-file.ts';
import { accepts, isFree } from './ports.ts';
import { ensureJars, missingPrerequisite } from './prerequisites.ts';

const START_TIMEOUT_MS = 90_000;
const STOP_TIMEOUT_MS = 30_000;
const POLL_MS = 50;
const READY_LINE = 'Kafka Server started';

export interface BrokerOptions {
  host: string;
  port: number;
  controllerPort: number;
  dataFolder: string;
  jars: string;
  log: (line: string) => void;
  proxied?: BrokerSettings['proxied'];
  secured?: BrokerSettings['secured'];
}

export type BrokerStatus = 'serving' | 'starting' | 'stopped';

/** One Kafka broker on this machine, run as a process of its own that outlives this one. */
export class Broker {
  readonly #options: BrokerOptions;
  readonly #files: ReturnType<typeof dataFiles>;

  constructor(options: BrokerOptions) {
    this.#options = { ...options, dataFolder: resolve(options.dataFolder) };
    this.#files = dataFiles(this.#options.dataFolder);
  }

  get address(): string {
    return `${this.#options.host}:${this.#options.port}`;
  }

  /** The broker's process while it is alive. */
  get processId(): number | undefined {
    return findBrokerProcess(this.#files.processId, this.#files.properties);
  }

  /** Returns once the broker serves; does nothing when it serves already. */
  async start(): Promise<void> {
    const missing = missingPrerequisite(this.#options.jars);
    if (missing !== undefined) throw new KafkaLocalError(missing);
    await ensureJars(this.#options.jars, this.#options.log);
    await mkdir(this.#options.dataFolder, { recursive: true });
    await withLock(this.#files.lock, async () => {
      if (this.processId === undefined) await this.#launch();
      else await this.#assertSamePort();
      await this.#untilServing();
    });
  }

  async stop(): Promise<void> {
    const { processId } = this;
    if (processId === undefined) return;
    process.kill(processId, 'SIGTERM');
    if (!(await exited(processId, STOP_TIMEOUT_MS))) {
      process.kill(processId, 'SIGKILL');
      await exited(processId, STOP_TIMEOUT_MS);
    }
    await rm(this.#files.processId, { force: true });
  }

  async status(): Promise<BrokerStatus> {
    if (this.processId === undefined) return 'stopped';
    const { host, port } = this.#options;
    const log = await readFile(this.#files.brokerLog, 'utf8').catch(() => '');
    return log.includes(READY_LINE) && (await accepts(port, host)) ? 'serving' : 'starting';
  }

  async #launch(): Promise<void> {
    await this.#assertPortsFree();
    await this.#writeSettings();
    if (!existsSync(join(this.#files.topics, 'meta.properties'))) await this.#format();
    await rm(this.#files.brokerLog, { force: true });
    const output = openSync(this.#files.consoleLog, 'w');
    const jvm = ['-Xms64m', '-Xmx384m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
    const broker = spawn('java', [...jvm, ...this.#javaArguments('kafka.Kafka'), this.#files.properties], {
      detached: true,
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    broker.unref();
    await writeFile(this.#files.processId, String(broker.pid));
  }

  async #format(): Promise<void> {
    const args = ['-Xmx128m', ...this.#javaArguments('kafka.tools.StorageTool')];
    const users = Object.entries(this.#options.secured?.users ?? {}).flatMap(([name, password]) => [
      '--add-scram',
      `SCRAM-SHA-512=[name=${name},password=${password}]`,
    ]);
    const command = ['format', '-t', clusterId(), '-c', this.#files.properties, ...users];
    try {
      await promisify(execFile)('java', [...args, ...command]);
    } catch (error) {
      throw new KafkaLocalError(`Kafka could not format ${this.#files.topics}: ${messageOf(error)}`);
    }
  }

  #javaArguments(mainClass: string): string[] {
    const classpath = join(this.#options.jars, '*');
    return [`-Dlog4j2.configurationFile=${this.#files.logging}`, '-cp', classpath, mainClass];
  }

  async #writeSettings(): Promise<void> {
    const { host, port, controllerPort, proxied, secured } = this.#options;
    const settings = { host, port, controllerPort, proxied, secured, topicsFolder: this.#files.topics };
    await writeFile(this.#files.properties, serverProperties(settings));
    await writeFile(this.#files.logging, loggingProperties(this.#files.brokerLog));
  }

  async #untilServing(): Promise<void> {
    for (const deadline = Date.now() + START_TIMEOUT_MS; Date.now() < deadline; await delay(POLL_MS)) {
      const status = await this.status();
      if (status === 'serving') return;
      if (status === 'stopped')
        throw new KafkaLocalError(`The broker ended while it started. ${await this.#lastLines()}`);
    }
    await this.stop();
    throw new KafkaLocalError(
      `The broker did not serve within ${START_TIMEOUT_MS / 1000} s. ${await this.#lastLines()}`,
    );
  }

  async #assertPortsFree(): Promise<void> {
    const { host, port, controllerPort } = this.#options;
    for (const each of [port, controllerPort]) {
      if (await isFree(each, host)) continue;
      throw new KafkaLocalError(
        `Port ${each} on ${host} is taken by another program (the broker needs ${port} and ${controllerPort}). ` +
          'Stop that program or choose another port with --port.',
      );
    }
  }

  async #assertSamePort(): Promise<void> {
    const running = await readFile(this.#files.properties, 'utf8');
    if (running.includes(`PLAINTEXT://${this.address},`)) return;
    throw new KafkaLocalError(
      `The broker of ${this.#options.dataFolder} runs already, on another port than ${this.#options.port}. ` +
        'Stop it first or choose another folder with --data.',
    );
  }

  async #lastLines(): Promise<string> {
    const logs = [this.#files.consoleLog, this.#files.brokerLog];
    const texts = await Promise.all(logs.map((path) => readFile(path, 'utf8').catch(() => '')));
    return `The end of ${logs.join(' and ')}:\n${texts.join('').trimEnd().split('\n').slice(-15).join('\n')}`;
  }
}

async function exited(processId: number, timeoutMs: number): Promise<boolean> {
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; await delay(POLL_MS)) {
    if (!isAlive(processId)) return true;
  }
  return !isAlive(processId);
}

/** 16 random bytes in URL-safe base64; Kafka's tool takes a leading hyphen for an option. */
function clusterId(): string {
  const id = randomBytes(16).toString('base64url');
  return id.startsWith('-') ? clusterId() : id;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
