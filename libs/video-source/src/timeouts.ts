/** Default of both time-outs, ms. */
export const defaultTimeoutMs = 10_000;
/** Default rate at which a snapshot camera is asked, Hz. */
export const defaultSnapshotRate = 5;
