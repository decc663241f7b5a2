/** `[x, y, width, height]` in pixels of the source. */
export type Box = readonly [x: number, y: number, width: number, height: number];

/**
 * A place where a gate sees change. At a threshold t the gate calls the frame motion when a mark is at least that
 * strong, so one run gives every threshold. A gate that knows no places marks the whole frame.
 */
export interface Mark {
  readonly box: Box;
  /** In the gate's own unit (area, share of pixels, score); above 0, more is more change. */
  readonly strength: number;
}

export function touches([ax, ay, aw, ah]: Box, [bx, by, bw, bh]: Box): boolean {
  return ax < bx + bw && ax + aw > bx && ay < by + bh && ay + ah > by;
}
