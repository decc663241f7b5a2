/** What one browser gets next: of each camera only the newest picture, and nothing while it is behind. */
export interface ViewerQueue {
  /** From now on only these cameras, in this order; those that were not watched before are due at once. */
  watch(cameraIds: readonly string[]): void;
  /** The camera has a newer picture. @returns true where it takes the place of one that was not sent */
  offer(cameraId: string): boolean;
  /**
   * The camera whose newest picture is to be sent now; undefined while there is none, or the browser is behind.
   * @param bufferedBytes that were sent and have not left this machine
   */
  next(bufferedBytes: number): { readonly cameraId: string; readonly number: number } | undefined;
  /** The browser has drawn everything up to this message. */
  drawn(number: number): void;
}

export interface ViewerLimits {
  /** Pictures that may be on their way. */
  readonly maxUndrawn: number;
  readonly maxBufferedBytes: number;
}

export function createViewerQueue({ maxUndrawn, maxBufferedBytes }: ViewerLimits): ViewerQueue {
  let watched = new Set<string>();
  /** In the order in which they began to wait, so that none is passed over for ever. */
  const waiting = new Set<string>();
  let sent = 0;
  let drawn = 0;

  return {
    watch(cameraIds) {
      const before = watched;
      watched = new Set(cameraIds);
      for (const cameraId of waiting) if (!watched.has(cameraId)) waiting.delete(cameraId);
      for (const cameraId of watched) if (!before.has(cameraId)) waiting.add(cameraId);
    },
    offer(cameraId) {
      const replaces = waiting.has(cameraId);
      if (watched.has(cameraId)) waiting.add(cameraId);
      return replaces;
    },
    next(bufferedBytes) {
      const [cameraId] = waiting;
      if (cameraId === undefined || sent - drawn >= maxUndrawn || bufferedBytes > maxBufferedBytes)
        return undefined;
      waiting.delete(cameraId);
      sent += 1;
      return { cameraId, number: sent };
    },
    drawn(number) {
      if (number > drawn && number <= sent) drawn = number;
    },
  };
}
