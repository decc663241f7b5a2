import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Scaler } from './port.ts';
import { checkReplicas } from './port.ts';

export interface ProcessScalerOptions {
  readonly command: string;
  readonly args: readonly string[];
  /** Of one replica; its name is unique among those that run. */
  readonly env: (name: string) => NodeJS.ProcessEnv;
  /** Told of each replica that ended without being asked to; another takes its place. */
  readonly onExit?: (name: string, code: number | null) => void;
  /** A line's part that a replica wrote to its outputs. */
  readonly onOutput?: (name: string, text: string) => void;
}

/** A scaler on this machine: each replica is a process. */
export interface ProcessScaler extends Scaler {
  /** Of the replicas that run, oldest first. */
  readonly processes: readonly ChildProcess[];
}

interface Replica {
  readonly name: string;
  readonly process: ChildProcess;
  isStopping: boolean;
}

/** What a replica gets to drain; then it is killed. */
const drainMs = 15_000;
/** Between the end of a replica and its successor's start, so that one that can't start is no storm. */
const restartMs = 1000;

export function createProcessScaler(options: ProcessScalerOptions): ProcessScaler {
  const replicas: Replica[] = [];
  const ending = new Set<Promise<void>>();
  let wanted = 0;
  let number = 0;
  let restarting: NodeJS.Timeout | undefined;

  const start = (): void => {
    number += 1;
    const name = `replica-${number}`;
    const child = spawn(options.command, options.args, {
      env: options.env(name),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (text: Buffer) => options.onOutput?.(name, text.toString('utf8')));
    const replica: Replica = { name, process: child, isStopping: false };
    const gone = (code: number | null): void => {
      if (!replicas.includes(replica)) return;
      replicas.splice(replicas.indexOf(replica), 1);
      if (replica.isStopping) return;
      options.onExit?.(name, code);
      restarting ??= setTimeout(() => {
        restarting = undefined;
        adjust();
      }, restartMs);
    };
    child.once('exit', gone);
    child.once('error', () => gone(null));
    replicas.push(replica);
  };
  const stop = (replica: Replica): void => {
    replica.isStopping = true;
    const { process: child } = replica;
    const exited = child.exitCode === null ? once(child, 'exit') : Promise.resolve();
    child.kill('SIGTERM');
    const killing = setTimeout(() => child.kill('SIGKILL'), drainMs);
    const ended = exited.then(() => {
      clearTimeout(killing);
      ending.delete(ended);
    });
    ending.add(ended);
  };
  const running = (): Replica[] => replicas.filter(({ isStopping }) => !isStopping);
  const adjust = (): void => {
    while (running().length < wanted) start();
    // The newest has read least.
    for (const replica of running().slice(wanted)) stop(replica);
  };

  const state = () => ({ wanted, existing: replicas.length });
  return {
    get processes() {
      return running().map((replica) => replica.process);
    },
    read: async () => state(),
    async scale(next) {
      checkReplicas(next);
      wanted = next;
      adjust();
      return state();
    },
    async close() {
      wanted = 0;
      clearTimeout(restarting);
      adjust();
      await Promise.all(ending);
    },
  };
}
