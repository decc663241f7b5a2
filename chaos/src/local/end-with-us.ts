import type { ChildProcess } from 'node:child_process';

const running = new Set<ChildProcess>();

/** Options of what we start: Ctrl-C in a terminal is for us alone, and ends it through us. */
export const inOwnGroup = { detached: true } as const;

function killAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Kills a program that still runs when this process exits. One listener for all: a run of all experiments starts hundreds. */
export function endWithUs<Child extends ChildProcess>(child: Child): Child {
  if (running.size === 0) process.on('exit', killAll);
  running.add(child);
  child.once('exit', () => {
    running.delete(child);
    if (running.size === 0) process.off('exit', killAll);
  });
  return child;
}
