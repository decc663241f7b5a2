import { readFileSync } from 'node:fs';

/** Linux tells times in hundredths of a second, whatever the kernel's own tick. */
const ticksPerSecond = 100;

/** CPU time that a process has had, user and system, ms; NaN where there is no /proc or no such process. */
export function processCpuMs(pid: number | undefined): number {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name may have blanks and brackets; behind its last bracket fields 3 and up follow (proc_pid_stat(5)).
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond;
  } catch {
    return Number.NaN;
  }
}
