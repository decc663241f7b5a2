import { availableParallelism, cpus, totalmem } from 'node:os';
import type { Check } from './check.ts';
import { failed, ok, optional } from './check.ts';

/** The major version that the workspace installs and its tests run on; it runs TypeScript as it is. */
const nodeMajor = 26;
const leastMemoryMiB = 2048;
const leastCores = 2;

export interface Machine {
  readonly nodeVersion: string;
  readonly cores: number;
  readonly cpu: string;
  readonly memoryMiB: number;
}

export function thisMachine(): Machine {
  return {
    nodeVersion: process.versions.node,
    cores: availableParallelism(),
    cpu: cpus()[0]?.model ?? 'unknown processor',
    // A container's limit; 0 or more than there is where none is set.
    memoryMiB: Math.round(Math.min(totalmem(), process.constrainedMemory() || Infinity) / 2 ** 20),
  };
}

export function checkMachine({ nodeVersion, cores, cpu, memoryMiB }: Machine): Check[] {
  const major = Number.parseInt(nodeVersion, 10);
  const memory = `${(memoryMiB / 1024).toFixed(1)} GiB`;
  return [
    major >= nodeMajor
      ? ok('Node.js', nodeVersion)
      : failed(
          'Node.js',
          `${nodeVersion}, older than ${nodeMajor}`,
          'run "npx -y pnpm@12 install", and start by "npx -y pnpm@12 framegate …", which uses its own Node',
        ),
    cores >= leastCores
      ? ok('processor', `${cores} cores, ${cpu}`)
      : optional(
          'processor',
          `${cores} core, ${cpu}`,
          'works, but decoder and detector will wait for each other',
        ),
    memoryMiB >= leastMemoryMiB
      ? ok('memory', memory)
      : failed('memory', memory, `the demo needs about ${leastMemoryMiB / 1024} GiB: close other programs`),
  ];
}
