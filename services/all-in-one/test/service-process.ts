import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { eventually } from '@framegate/test-kit';

const services = join(import.meta.dirname, '..', '..');

/** A service as an operator runs it: a process, its environment, and what it logs. */
export interface ServiceProcess {
  readonly output: () => string;
  /** The address of its health and metrics, once it has said so. */
  readonly url: () => string | undefined;
  readonly exited: Promise<number | null>;
  /** Fetches a path of it; a refusal says how the process ended and what it had logged. */
  get(path: string): Promise<Response>;
  kill(signal: NodeJS.Signals): void;
}

const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

export function startService(
  name: 'motion-detection' | 'inference' | 'controller',
  environment: Readonly<Record<string, string>>,
): ServiceProcess {
  const main = join(services, name, 'src', 'main.ts');
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: process.env['HOME'] ?? '',
    FRAMEGATE_HTTP_PORT: '0',
    ...environment,
  };
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = once(child, 'exit').then(([code]: unknown[]) => {
    running.delete(child);
    return typeof code === 'number' ? code : null;
  });
  const url = (): string | undefined => /"url":"(http[^"]+)"/.exec(output)?.[1];
  const ending = (): string =>
    child.exitCode === null && child.signalCode === null
      ? 'runs'
      : `ended with ${child.exitCode ?? child.signalCode}`;
  return {
    output: () => output,
    url,
    exited,
    get: (path) =>
      fetch(`${url()}${path}`).catch((error: unknown) => {
        throw new Error(`${name} ${ending()} and gives no ${path}; its log:\n${output}`, { cause: error });
      }),
    kill: (signal) => child.kill(signal),
  };
}

/** For what services do in their own time. */
export const patience = { timeoutMs: 60_000, everyMs: 100 };
export async function logged(service: ServiceProcess, line: RegExp): Promise<void> {
  await eventually(() => line.test(service.output()), patience);
}

export async function readiness(service: ServiceProcess): Promise<{ status: number; body: string }> {
  const response = await service.get('/readyz');
  return { status: response.status, body: await response.text() };
}

/** The sum of a service's series that match. */
export async function counted(service: ServiceProcess, series: RegExp): Promise<number> {
  const text = await (await service.get('/metrics')).text();
  return text
    .split('\n')
    .filter((line) => series.test(line))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}
