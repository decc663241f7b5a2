import type { FrameKind } from '@framegate/contracts';

/** Which frames of a camera were followed, so that what is told twice counts once. */
export interface FrameMemory {
  /** Whether the frame is new; from then on it is not. */
  take(frame: { readonly kind: FrameKind; readonly epoch: number; readonly seq: number }): boolean;
  /** For a later run: the newest frame of each kind, as they come in order. */
  marks(): FrameMarks;
}

/** (epoch, seq) of the newest frame of each kind. */
export type FrameMarks = Partial<Record<FrameKind, readonly [epoch: number, seq: number]>>;

/** Far more than what a bus tells again. */
const remembered = 4000;

/** @param before what an earlier run had followed */
export function createFrameMemory(before: FrameMarks): FrameMemory {
  const seen = new Set<string>();
  const newest: FrameMarks = { ...before };
  return {
    take({ kind, epoch, seq }) {
      const id = `${epoch}/${seq}`;
      if (seen.has(id) || !isBehind([epoch, seq], before[kind])) return false;
      seen.add(id);
      if (seen.size > remembered) for (const old of seen.keys().take(remembered / 4)) seen.delete(old);
      if (isBehind([epoch, seq], newest[kind])) newest[kind] = [epoch, seq];
      return true;
    },
    marks: () => Object.fromEntries(Object.entries(newest)),
  };
}

function isBehind(frame: readonly [number, number], mark: readonly [number, number] | undefined): boolean {
  return mark === undefined || frame[0] > mark[0] || (frame[0] === mark[0] && frame[1] > mark[1]);
}
