import type { ClockOffset } from '@framegate/contracts';
import { correctionUs } from '@framegate/contracts';

/** Clocks that are set by NTP differ by milliseconds. */
const tolerableUs = 1e6;

/** What to tell an operator of a clock that is wrong, in whole seconds so that it is told once; empty while it is not. */
export function clockWarning(clock: ClockOffset): string {
  const byUs = correctionUs(clock);
  if (Math.abs(byUs) <= tolerableUs) return '';
  const seconds = Math.abs(Math.round(byUs / 1e6));
  const way = byUs > 0 ? 'behind' : 'ahead of';
  return `the clock of this site is ${seconds} s ${way} the cloud's: times are corrected; set it, as by NTP`;
}
