import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endWithUs, inOwnGroup } from './end-with-us.ts';
import type { ProcessFaults } from './inside/process-faults.ts';
import { noProcessFaults, processFaultsVariable } from './inside/process-faults.ts';

const root = join(import.meta.dirname, '..', '..', '..');

const preload = join(import.meta.dirname, 'inside', 'preload.ts');
/**
 * Code that is not used for six collections is dropped; one as thorough as ours counts as seven. And code is compiled for
 * the last time after 3,000 calls: what runs each second would grow for fifty minutes, and is warm after three here.
 */
const options = [
  '--expose-gc',
  '--bytecode-old-age=42',
  '--invocation-count-for-maglev=40',
  '--invocation-count-for-turbofan=200',
  '--import',
  preload,
];

/** A process that stands for a pod: it has labels, it can be killed, and it is started again as a kubelet would. */
export interface Pod {
  readonly name: string;
  readonly component: string;
  signal(signal: NodeJS.Signals): void;
  /** Resolves when it is gone. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** SIGTERM, and SIGKILL when that takes too long. */
  stop(withinMs: number): Promise<void>;
  /** Changes what is wrong inside its process, now and after it is started again; absent where nothing can be. */
  disturb?(change: Partial<ProcessFaults>): void;
  /** Has each thread of its process collect its garbage and give its free room back, within a second. */
  collect?(): void;
  /** While it runs. */
  readonly processId?: number | undefined;
  /** What stands for its volume. */
  readonly stateFolder?: string;
}

/** The service that a component of the charts runs. */
const serviceOf = { edge: 'motion-detection', inference: 'inference', controller: 'controller' } as const;

/** What the images set for the memory of their processes (deploy/docker/Dockerfile). */
export const fromImage = { MALLOC_MMAP_THRESHOLD_: '10240' };

/** A service of the repository as a pod. Its log goes to a file of the run. */
export function createServicePod(
  component: keyof typeof serviceOf,
  name: string,
  environment: Readonly<Record<string, string>>,
  logFolder: string,
  hosts: Readonly<Record<string, string>> = {},
): Pod {
  let child: ChildProcess | undefined;
  const main = join(root, 'services', serviceOf[component], 'src', 'main.ts');
  const faultsFile = join(logFolder, `${name}.faults.json`);
  let faults: ProcessFaults = { ...noProcessFaults, hosts: { ...hosts } };
  // In one piece: each thread of the process may read it at any moment.
  const writeFaults = (): void => {
    writeFileSync(`${faultsFile}.new`, JSON.stringify(faults));
    renameSync(`${faultsFile}.new`, faultsFile);
  };
  writeFaults();
  const disturb = (change: Partial<ProcessFaults>): void => {
    faults = { ...faults, ...change };
    writeFaults();
  };
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: process.env['HOME'] ?? '',
    FRAMEGATE_HTTP_PORT: '0',
    FRAMEGATE_INSTANCE: name,
    [processFaultsVariable]: faultsFile,
    ...fromImage,
    ...environment,
  };
  const gone = async (): Promise<void> => {
    if (child && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  };
  return {
    name,
    component,
    get processId() {
      return child?.pid;
    },
    signal: (signal) => void child?.kill(signal),
    async kill() {
      child?.kill('SIGKILL');
      await gone();
    },
    async start() {
      child = endWithUs(
        spawn(process.execPath, [...options, main], {
          env,
          stdio: ['ignore', 'pipe', 'pipe'],
          ...inOwnGroup,
        }),
      );
      const log = createWriteStream(join(logFolder, `${name}.log`), { flags: 'a' });
      child.stdout?.pipe(log, { end: false });
      child.stderr?.pipe(log, { end: false });
    },
    disturb,
    collect: () => disturb({ collections: faults.collections + 1 }),
    ...(environment['FRAMEGATE_STATE_DIR'] !== undefined && {
      stateFolder: environment['FRAMEGATE_STATE_DIR'],
    }),
    async stop(withinMs) {
      child?.kill('SIGCONT');
      child?.kill('SIGTERM');
      const timer = setTimeout(() => child?.kill('SIGKILL'), withinMs);
      await gone();
      clearTimeout(timer);
    },
  };
}
