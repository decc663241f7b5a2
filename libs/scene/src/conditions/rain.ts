import { rgb } from '../painting/paint.ts';
import { hashUnit } from '../random.ts';
import type { Condition } from './condition.ts';

const streak = rgb(214, 222, 230, 0.4);

/** Slanted streaks, new in every frame (a drop crosses the view in less than a frame), in a dull light. */
export function rain(streaks: number): Condition {
  return {
    tone: () => ({ gain: 0.86, offset: 4, saturation: 0.8 }),
    paintBefore(painter, { seed, frameIndex, width, height }) {
      for (let index = 0; index < streaks; index++) {
        const unit = (trait: number) => hashUnit(seed ^ frameIndex, index, trait);
        const x = unit(0) * width * 1.1;
        const y = unit(1) * height * 1.1 - height * 0.1;
        const length = height * (0.02 + 0.05 * unit(2));
        const radius = height * (0.0006 + 0.0009 * unit(3));
        painter.capsule(x, y, radius, x - length * 0.18, y + length, radius, streak);
      }
    },
  };
}
