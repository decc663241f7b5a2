import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** The process that runs the broker of a data folder, if it is alive. A reused process id does not count. */
export function findBrokerProcess(processIdFile: string, propertiesFile: string): number | undefined {
  if (!existsSync(processIdFile)) return undefined;
  const processId = Number(readFileSync(processIdFile, 'utf8'));
  if (!Number.isSafeInteger(processId) || processId <= 0 || !isAlive(processId)) return undefined;
  const command = commandLine(processId);
  // A process that is ending has no command line any more.
  return command === '' || command.includes(propertiesFile) ? processId : undefined;
}

export function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return !isZombie(processId);
  } catch {
    return false;
  }
}

/** Dead and only waiting to be reaped; while other threads are still ending it holds on to its ports. */
function isZombie(processId: number): boolean {
  try {
    const status = readFileSync(`/proc/${processId}/status`, 'utf8');
    return /^State:\s*Z/m.test(status) && /^Threads:\s*[01]$/m.test(status);
  } catch {
    return false; // No /proc: not Linux.
  }
}

function commandLine(processId: number): string {
  try {
    return readFileSync(`/proc/${processId}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return execFileSync('ps', ['-o', 'command=', '-p', String(processId)], { encoding: 'utf8' });
  }
}
