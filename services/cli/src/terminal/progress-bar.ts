import type { Progress } from './progress-line.ts';
import { progressLine } from './progress-line.ts';

export interface ProgressBar {
  update(done: number, total: number | null): void;
  /** Takes the bar away; what is written next stands in its place. */
  end(): void;
}

const drawEveryMs = 100;
const clearLine = '\r\x1b[K';

/** A line on a terminal that is drawn over; anywhere else nothing is written. */
export function createProgressBar(
  stream: Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>,
  { label, unit }: Pick<Progress, 'label' | 'unit'>,
  nowMs: () => number = () => performance.now(),
): ProgressBar {
  if (!stream.isTTY) return { update: () => {}, end: () => {} };
  const startedMs = nowMs();
  let drawnMs = -Infinity;
  return {
    update(done, total) {
      if (nowMs() - drawnMs < drawEveryMs) return;
      drawnMs = nowMs();
      const elapsedSeconds = (drawnMs - startedMs) / 1000;
      const line = progressLine({ label, done, total, unit, elapsedSeconds }, (stream.columns || 80) - 1);
      stream.write(`${clearLine}${line}`);
    },
    end() {
      if (drawnMs > -Infinity) stream.write(clearLine);
    },
  };
}
