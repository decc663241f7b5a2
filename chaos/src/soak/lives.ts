import type { ProcessSample } from './process-sample.ts';

/** A sample within a time in which its process did one thing. */
export interface LivedSample extends ProcessSample {
  /** Names the process and what it did; only samples of one life are compared. */
  readonly life: string;
  /** Since its life began. */
  readonly ageHours: number;
}

/**
 * A life begins when a process starts, and when a controller takes the lead or gives it up: it does other work from then
 * on, for which it opens connections and compiles code as a new process does.
 *
 * @param samples in the order of time
 */
export function livesOf(samples: readonly ProcessSample[]): LivedSample[] {
  return [...Map.groupBy(samples, ({ pod, processId }) => `${pod} ${processId}`)].flatMap(
    ([process, own]) => {
      let [term, leads, bornHours] = [0, own[0]?.leads, own[0]?.hours ?? 0];
      return own.map((sample) => {
        // One that is frozen or has not answered yet does what it did.
        if (leads !== undefined && sample.leads !== undefined && leads !== sample.leads) {
          term++;
          bornHours = sample.hours;
        }
        leads = sample.leads ?? leads;
        return { ...sample, life: `${process} ${term}`, ageHours: sample.hours - bornHours };
      });
    },
  );
}
