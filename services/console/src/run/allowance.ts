type Due = ReadonlyMap<string, number>;

/** How many frames may be late: of each camera the share that its promise allows, so that none pays for another. */
export interface Allowance {
  /** @returns what may be late of the frames that were due since the last call */
  take(dueByCamera: Due): number;
}

/** @param before what was due of each camera until now */
export function createAllowance(before: Due, targetOf: (cameraId: string) => number): Allowance {
  const last = new Map(before);
  return {
    take(dueByCamera) {
      let allowed = 0;
      for (const [cameraId, due] of dueByCamera) {
        const grown = due - (last.get(cameraId) ?? 0);
        if (grown > 0) allowed += grown * (1 - targetOf(cameraId));
        last.set(cameraId, due);
      }
      return allowed;
    },
  };
}
