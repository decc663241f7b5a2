/** A number that changes in steps over time, as a link's capacity. */
export interface StepFunction {
  at(atUs: number): number;
  /** The next change after `atUs`; Infinity when there is none. */
  nextChangeUs(atUs: number): number;
}

/** @param steps [from µs, value] in order of time; the first value also holds before it */
export function createStepFunction(steps: readonly (readonly [number, number])[]): StepFunction {
  const [only] = steps;
  // Most conditions never change, and they are asked for every frame.
  if (only && steps.length === 1) return { at: () => only[1], nextChangeUs: () => Infinity };
  // Time mostly goes forward, so the last place is the best guess of the next.
  let last = 0;
  const indexAt = (atUs: number): number => {
    if ((steps[last]?.[0] ?? 0) > atUs) last = 0;
    for (let next = steps[last + 1]; next && next[0] <= atUs; next = steps[last + 1]) last += 1;
    return last;
  };
  return {
    at: (atUs) => steps[indexAt(atUs)]?.[1] ?? 0,
    nextChangeUs: (atUs) => {
      const index = indexAt(atUs);
      const from = steps[index]?.[0] ?? Infinity;
      return from > atUs ? from : (steps[index + 1]?.[0] ?? Infinity);
    },
  };
}
