import type { Cause, Status } from './status.ts';

/** Whether one of the causes is the likeliest there. */
export function isBlamed({ blames }: Status, causes: readonly Cause[], at: string): boolean {
  const first = at === '' ? blames[0] : blames.find((blame) => blame.at === at || blame.at === '');
  return first !== undefined && causes.includes(first.cause) && (at === '' || first.at === at);
}
