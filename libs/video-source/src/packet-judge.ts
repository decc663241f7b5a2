/** A compressed frame that was read and not decoded yet. */
export interface PacketFacts {
  readonly bytes: number;
  readonly keyFrame: boolean;
  /** Its arrival; of a recording that is read at once, its time in the medium. µs, never goes back. */
  readonly atUs: number;
}

/** The brightness of a decoded picture, valid during the call. */
export interface LumaView {
  readonly data: Uint8Array;
  readonly stride: number;
  readonly width: number;
  readonly height: number;
}

/** Decides which packets of a stream are decoded at all. Asked in the order in which they come. */
export interface PacketJudge {
  /**
   * `rest`: keep it undecoded; `look`: decode it alone, which only a key frame can be, and ask `isCalm`;
   * `decode`: decode it, and before it all that was kept.
   */
  judge(packet: PacketFacts): 'rest' | 'look' | 'decode';
  /**
   * Asked of a key frame that ends a stretch of undecoded packets. `false`: something is there, so that the
   * stretch is decoded after all, and the key frame comes after it.
   */
  isCalm(keyFrame: LumaView, atUs: number): boolean;
  /** For so long after such a key frame the stretch before it may still be called for, µs. */
  readonly keepUs: number;
}
