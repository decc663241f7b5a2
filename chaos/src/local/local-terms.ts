/** Signals by their number on Linux; one that stops is taken back by SIGCONT at the end. */
export const signals: Readonly<Record<number, NodeJS.Signals>> = {
  9: 'SIGKILL',
  15: 'SIGTERM',
  19: 'SIGSTOP',
};

/** Errors of a disk by their number on Linux. */
export const errorNames: Readonly<Record<number, string>> = { 5: 'EIO', 28: 'ENOSPC' };

/** Where the chart of the edge mounts what must survive a restart; here a folder of the run. */
export const stateVolume = '/data';

/** Under this name services know the broker; only this run resolves it. */
export const brokerHost = 'kafka';
