import { hashUnit } from '../random.ts';
import type { Painter } from '../painting/painter.ts';
import { sine } from '../wave.ts';
import type { Condition } from './condition.ts';

const slotSeconds = 4;
/** Insects that may begin their flight in each slot. */
const flightsPerSlot = 3;
const longestSeconds = 3.5;

/** Insects in the light of an infrared lamp: bright soft blobs that cross close to the lens, and moths that stay. */
export const insects: Condition = {
  paintBefore(painter, { seed, seconds, width, height }) {
    const current = Math.floor(seconds / slotSeconds);
    for (let slot = Math.max(0, current - 1); slot <= current; slot++) {
      for (let flight = 0; flight < flightsPerSlot; flight++) {
        paintFlight(
          painter,
          seed,
          slot * flightsPerSlot + flight,
          seconds - slot * slotSeconds,
          width,
          height,
        );
      }
    }
  },
};

function paintFlight(
  painter: Painter,
  seed: number,
  id: number,
  secondsInSlot: number,
  width: number,
  height: number,
): void {
  const unit = (trait: number) => hashUnit(seed, id, 8700 + trait);
  if (unit(0) < 0.3) return;
  const isMoth = unit(1) < 0.3;
  const length = isMoth ? 1.6 + (longestSeconds - 1.6) * unit(2) : 0.4 + 0.9 * unit(2);
  const share = (secondsInSlot - (slotSeconds - 0.5) * unit(3)) / length;
  if (share < 0 || share > 1) return;
  const reach = isMoth ? mothReach(share) : share * 2.6 - 1.3;
  const towards = unit(4) * 2 * Math.PI;
  const wobble = (trait: number) =>
    0.1 * sine(share * length * (7 + 9 * unit(trait)) + 6 * unit(trait + 1)) +
    0.05 * sine(share * length * (19 + 9 * unit(trait)) + 6 * unit(trait + 2));
  const x = width * (0.2 + 0.6 * unit(5)) + height * (1.1 * reach * sine(towards) + wobble(6));
  const y = height * (0.2 + 0.6 * unit(9) + 1.1 * reach * sine(towards + 1.57) + wobble(10));
  const radius = height * (isMoth ? 0.035 + 0.03 * unit(13) : 0.03 + 0.08 * unit(13));
  const levels = 110 + 130 * unit(14);
  const beat = 0.6 + 0.4 * sine(secondsInSlot * 55 + 6 * unit(15));
  painter.glow(x, y, radius * (0.7 + 0.5 * beat), radius, levels);
  painter.glow(x, y, radius * 2, radius * 1.8, levels * 0.25);
}

/** In from beyond the edge, a stay in the middle, and out on the other side. */
function mothReach(share: number): number {
  if (share < 0.15) return (share / 0.15 - 1) * 1.3;
  return share > 0.85 ? ((share - 0.85) / 0.15) * 1.3 : 0;
}
