/** How one direction of a link is. */
export interface LinkConditions {
  /** Infinity: as fast as it goes. */
  readonly bytesPerSecond: number;
  /** From one end to the other. */
  readonly delayMs: number;
  /** Up to so much more, evenly distributed; nothing overtakes, as in a TCP connection. */
  readonly jitterMs: number;
  /** Share of packets that get lost, 0..1; emulated, see `effectiveBytesPerSecond` and `timeoutChance`. */
  readonly lossShare: number;
  /** False: nothing passes, and what comes waits. */
  readonly open: boolean;
}

export const clearLink: LinkConditions = {
  bytesPerSecond: Number.POSITIVE_INFINITY,
  delayMs: 0,
  jitterMs: 0,
  lossShare: 0,
  open: true,
};

/** @throws RangeError that lists everything that is no possible condition */
export function checkConditions(conditions: LinkConditions): LinkConditions {
  const { bytesPerSecond, delayMs, jitterMs, lossShare } = conditions;
  const mistakes = [
    bytesPerSecond > 0
      ? []
      : `bytesPerSecond is ${bytesPerSecond}, expected more than 0 (to cut, open: false)`,
    delayMs >= 0 && delayMs < 3_600_000 ? [] : `delayMs is ${delayMs}, expected 0 to 3600000`,
    jitterMs >= 0 && jitterMs < 3_600_000 ? [] : `jitterMs is ${jitterMs}, expected 0 to 3600000`,
    lossShare >= 0 && lossShare < 1 ? [] : `lossShare is ${lossShare}, expected 0 to less than 1`,
  ].flat();
  if (mistakes.length > 0) throw new RangeError(`Impossible link: ${mistakes.join('; ')}.`);
  return conditions;
}

const segmentBytes = 1460;
/** sqrt(3/2): one acknowledgement for each segment, losses at random. */
const mathisConstant = 1.22;
/** Linux waits at least this long before it sends again. */
const leastTimeoutMs = 200;

/** Of a TCP connection that needs acknowledgements over the same kind of link. */
function roundTripMs({ delayMs, jitterMs }: LinkConditions): number {
  return Math.max(1, 2 * delayMs + jitterMs);
}

/**
 * The rate that TCP reaches on a lossy link: MSS / RTT x 1.22 / sqrt(p) (Mathis, Semke, Mahdavi, Ott, "The
 * macroscopic behavior of the TCP congestion avoidance algorithm", 1997), but never more than the link's own.
 */
export function effectiveBytesPerSecond(conditions: LinkConditions): number {
  const { bytesPerSecond, lossShare } = conditions;
  if (lossShare === 0) return bytesPerSecond;
  const mathis = (segmentBytes * mathisConstant) / Math.sqrt(lossShare) / (roundTripMs(conditions) / 1000);
  return Math.min(bytesPerSecond, mathis);
}

/**
 * The chance that a chunk waits for a retransmission time-out: a loss is found by duplicate acknowledgements
 * only when the window w is large enough, otherwise by time-out, min(1, 3 / w) (Padhye et al., SIGCOMM 1998).
 */
export function timeoutChance({ lossShare }: LinkConditions, bytes: number): number {
  if (lossShare === 0) return 0;
  const windowSegments = mathisConstant / Math.sqrt(lossShare);
  const lostSegments = 1 - (1 - lossShare) ** Math.ceil(bytes / segmentBytes);
  return lostSegments * Math.min(1, 3 / windowSegments);
}

export function timeoutMs(conditions: LinkConditions): number {
  return Math.max(leastTimeoutMs, 2 * roundTripMs(conditions));
}
