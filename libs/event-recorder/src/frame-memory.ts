import type { FrameId, FrameKind } from '@framegate/contracts';
import { isAfter } from '@framegate/contracts';

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

/** Of all kinds; undefined where no frame was followed. */
export function newestOf(marks: FrameMarks): Pick<FrameId, 'epoch' | 'seq'> | undefined {
  const [newest] = Object.values(marks)
    .map(([epoch, seq]) => ({ epoch, seq }))
    .toSorted((a, b) => (isAfter(a, b) ? -1 : 1));
  return newest;
}

function isBehind(
  [epoch, seq]: readonly [number, number],
  mark: readonly [number, number] | undefined,
): boolean {
  return mark === undefined || isAfter({ epoch, seq }, { epoch: mark[0], seq: mark[1] });
}
