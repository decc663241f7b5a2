/**
 * Superseded frames that may still count as on time: a newer frame of their camera had its result within the
 * objective of their own capture. Outcomes and results are told on two topics, so either may come first.
 */
export interface SupersededFrames {
  /** @returns 1 when a known result stands for it, else 0 */
  add(frame: { readonly capturedAtUs: number; readonly objectiveMs: number }): number;
  /** @returns for how many waiting frames this result stands */
  result(timesUs: { readonly captured: number; readonly emitted: number }): number;
}

/** More than a camera has in two seconds. */
const remembered = 64;

export function createSupersededFrames(): SupersededFrames {
  let waiting: { readonly capturedAtUs: number; readonly deadlineUs: number }[] = [];
  let results: { readonly captured: number; readonly emitted: number }[] = [];

  return {
    add({ capturedAtUs, objectiveMs }) {
      const deadlineUs = capturedAtUs + objectiveMs * 1000;
      if (results.some((one) => one.captured > capturedAtUs && one.emitted <= deadlineUs)) return 1;
      waiting = [...waiting, { capturedAtUs, deadlineUs }].slice(-remembered);
      return 0;
    },
    result(timesUs) {
      results = [...results, timesUs].slice(-remembered);
      const before = waiting.length;
      waiting = waiting.filter(
        (frame) => !(timesUs.captured > frame.capturedAtUs && timesUs.emitted <= frame.deadlineUs),
      );
      return before - waiting.length;
    },
  };
}
