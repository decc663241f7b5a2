import type { Rung } from '../action.ts';
import type { LeverName } from '../declaration/declaration.ts';

/** The levers that differ between two settings. */
export function changedLevers(from: Rung, to: Rung): LeverName[] {
  const changed: LeverName[] = [];
  if (from.framesPerSecond !== to.framesPerSecond) changed.push('frame-rate');
  if (from.width !== to.width) changed.push('resolution');
  if (from.quality !== to.quality) changed.push('jpeg-quality');
  if (from.model !== to.model) changed.push('model');
  if (from.motionSensitivity !== to.motionSensitivity) changed.push('motion-sensitivity');
  return changed;
}

/** "from 10 to 5 frames/s and from 1280 to 960 px". */
export function changeText(from: Rung, to: Rung): string {
  const parts = changedLevers(from, to).map((lever) => {
    if (lever === 'frame-rate') return `from ${from.framesPerSecond} to ${to.framesPerSecond} frames/s`;
    if (lever === 'resolution') return `from ${from.width} to ${to.width} px`;
    if (lever === 'jpeg-quality') return `from quality ${from.quality} to ${to.quality}`;
    if (lever === 'model') return `from ${from.model} to ${to.model}`;
    return `from sensitivity ${from.motionSensitivity} to ${to.motionSensitivity}`;
  });
  return parts.join(' and ');
}

/** "10/s 1280 px q80 s50 street-nano": a decision's `from` and `to`. */
export function settingText(rung: Rung): string {
  return `${rung.framesPerSecond}/s ${rung.width} px q${rung.quality} s${rung.motionSensitivity} ${rung.model}`;
}
