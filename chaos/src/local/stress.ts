import { fork } from 'node:child_process';
import { once } from 'node:events';
import { freemem } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '@framegate/service-kit';
import { endWithUs, inOwnGroup } from './end-with-us.ts';
import type { Pod } from './service-process.ts';

/** As the kernel's CFS bandwidth control throttles a container. */
const periodMs = 100;
const mebibyte = 1024 * 1024;
const unitsBytes: Readonly<Record<string, number>> = { MB: 1e6, GB: 1e9 };
const defaultBytes = 256e6;
/** Of what is free: the machine is not ours alone. */
const largestShare = 0.5;

/**
 * A container with one core shares it fairly with the stress in it: of each period its process gets 1 / (1 + workers)
 * and is stopped for the rest.
 *
 * @param workers busy threads beside the process
 * @returns takes it back
 */
export function throttle(pod: Pick<Pod, 'signal'>, workers: number): () => void {
  const runMs = periodMs / (1 + workers);
  let timer: NodeJS.Timeout | undefined;
  const run = (): void => {
    pod.signal('SIGCONT');
    timer = setTimeout(stop, runMs);
  };
  const stop = (): void => {
    pod.signal('SIGSTOP');
    timer = setTimeout(run, periodMs - runMs);
  };
  stop();
  return () => {
    clearTimeout(timer);
    pod.signal('SIGCONT');
  };
}

/** A process that holds memory until it is ended. @throws ConfigError when that is more than half of what is free */
export async function holdMemory(workers: number, size?: string): Promise<() => Promise<void>> {
  const bytes = workers * bytesOf(size);
  if (bytes > freemem() * largestShare)
    throw new ConfigError([
      `StressChaos: ${Math.round(bytes / mebibyte)} MiB are more than half of what is free on this machine`,
    ]);
  const holder = endWithUs(fork(join(import.meta.dirname, 'memory-holder.ts'), [String(bytes)], inOwnGroup));
  await once(holder, 'message');
  return async () => {
    const gone = once(holder, 'exit');
    holder.kill('SIGKILL');
    await gone;
  };
}

function bytesOf(size?: string): number {
  const [, number, unit = ''] = /^(\d+)(MB|GB)$/.exec(size ?? '') ?? [];
  return number === undefined ? defaultBytes : Number(number) * (unitsBytes[unit] ?? 1);
}
