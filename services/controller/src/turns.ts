/** Runs tasks one after the other, in the order in which they were given. Resolves when the task is over; never rejects. */
export type Turns = (task: () => Promise<void>) => Promise<void>;

/** @param onFailed told of a task that rejected; the next one runs all the same */
export function createTurns(onFailed: (error: unknown) => void): Turns {
  let last = Promise.resolve();
  return (task) => (last = last.then(task).catch(onFailed));
}
