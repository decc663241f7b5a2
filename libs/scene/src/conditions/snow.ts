import { rgb } from '../painting/paint.ts';
import { hashUnit } from '../random.ts';
import { sine } from '../wave.ts';
import type { Condition } from './condition.ts';

const flake = rgb(248, 250, 252, 0.85);

/** Flakes that sink and drift; larger ones fall faster, as they are nearer. */
export function snow(flakes: number): Condition {
  return {
    tone: () => ({ gain: 0.85, offset: 34, saturation: 0.7 }),
    paintBefore(painter, { seed, seconds, width, height }) {
      for (let index = 0; index < flakes; index++) {
        const unit = (trait: number) => hashUnit(seed, index, 3000 + trait);
        const nearness = unit(0) * unit(0);
        const fall = height * (0.12 + 0.5 * nearness) * seconds;
        const drift = height * (0.03 * seconds + 0.02 * sine(seconds * (0.8 + unit(1)) + 6 * unit(2)));
        const x = wrapped(unit(3) * width + drift, width);
        const y = wrapped(unit(4) * height + fall, height);
        const radius = height * (0.0012 + 0.0035 * nearness);
        painter.capsule(x, y, radius, x - radius * 0.5, y - radius * (1 + 2 * nearness), radius, flake);
      }
    },
  };
}

/** Into -5 % .. 105 % of the size, so that nothing appears inside the frame. */
function wrapped(position: number, size: number): number {
  const span = size * 1.1;
  return position - Math.floor(position / span) * span - size * 0.05;
}
