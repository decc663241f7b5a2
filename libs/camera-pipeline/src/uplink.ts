/** What of a site's live frames is on its way to the bus: handed over and not acknowledged yet. */
export interface Uplink {
  /** A frame goes on its way; call what is returned when it is there or given up. */
  began(bytes: number): () => void;
  queuedBytes(): number;
  /** Since when the oldest of them is on its way, ms of `nowMs`; undefined when none is. */
  oldestSinceMs(): number | undefined;
}

/** @param nowMs a clock that only goes on */
export function createUplink(nowMs: () => number): Uplink {
  /** In the order of their start. */
  const underWay = new Map<symbol, { readonly sinceMs: number; readonly bytes: number }>();
  let queuedBytes = 0;
  return {
    began(bytes) {
      const id = Symbol();
      underWay.set(id, { sinceMs: nowMs(), bytes });
      queuedBytes += bytes;
      return () => {
        if (underWay.delete(id)) queuedBytes -= bytes;
      };
    },
    queuedBytes: () => queuedBytes,
    oldestSinceMs() {
      const [oldest] = underWay.values();
      return oldest?.sinceMs;
    },
  };
}
