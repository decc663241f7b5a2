import { timeText } from '@framegate/report-page';
import type { BusyArea } from './busiest-area.ts';
import { causes } from './causes.ts';
import { scoreText } from './frame-record.ts';
import type { GateSettings } from './gate-settings.ts';
import type { ExplanationSummary } from './summary.ts';

/** Motion in more of the frames than this saves little. */
const busyShare = 0.6;
/** A mask is worth its while from this share of the frames with motion on. */
const maskShare = 0.4;
/** A change that came this near to the threshold was nearly motion. */
const nearShare = 0.6;
const step = 15;

/** What happened, in sentences. */
export function describe(summary: ExplanationSummary): string[] {
  const { frames, passed, events, seconds } = summary;
  const of = `${frames} frames (${timeText(seconds)})`;
  const first =
    passed === 0
      ? `None of ${of} passed.`
      : `Of ${of}, ${passed} passed (${percent(passed, frames)}), in ${counted(events, 'event')}; ${frames - passed} were stopped.`;
  return [first, ...heldBack(summary)];
}

function heldBack({ frames, suppressed, nearest }: ExplanationSummary): string[] {
  const told = suppressed.filter(({ cause }) => cause !== 'settling');
  const parts = told.map(
    ({ cause, frames: count }) => `${causes[cause].name} (${percent(count, frames)} of the frames)`,
  );
  const sentences = parts.length === 0 ? [] : [`Changes that were not called motion: ${parts.join(', ')}.`];
  if (!nearest) return sentences;
  const why = nearest.suppressed === 'none' ? 'too weak' : causes[nearest.suppressed].name;
  const score = `${scoreText(nearest.score)} of ${nearest.threshold.toFixed(2)}`;
  return [
    ...sentences,
    `The strongest change that was stopped scored ${score}, at ${timeText(nearest.timeSeconds)}: ${why}.`,
  ];
}

/** Which setting to change, and why; one sentence that says so where nothing needs to change. */
export function advise(
  summary: ExplanationSummary,
  { sensitivity }: Pick<GateSettings, 'sensitivity'>,
): string[] {
  const { passed, frames, busiest, shortEvents, events, nearest } = summary;
  const advice: string[] = [];
  if (busiest && passed > 0 && busiest.frames >= maskShare * passed) advice.push(maskAdvice(busiest, passed));
  const mostlyShort = events >= 4 && shortEvents > events / 2;
  if (mostlyShort && sensitivity > 0)
    advice.push(
      `${shortEvents} of ${events} events lasted less than half a second: where they are nothing to see, lower the sensitivity (${sensitivity}, try ${Math.max(0, sensitivity - step)}).`,
    );
  if (passed > busyShare * frames && advice.length === 0)
    advice.push(
      'There is motion in most of the frames and all over the picture: where that is no mistake, the gate can save little here, and a lower rate (framesPerSecond) or width saves more.',
    );
  const nearly = nearest && nearest.suppressed === 'none' && nearest.score >= nearShare * nearest.threshold;
  if (nearly && sensitivity < 100)
    advice.push(
      `At ${timeText(nearest.timeSeconds)} a change was nearly strong enough: where that is something to see, raise the sensitivity (${sensitivity}, try ${Math.min(100, sensitivity + step)}).`,
    );
  return advice.length === 0 ? ['Nothing here asks for another setting.'] : advice;
}

function maskAdvice({ x, y, width, height, frames }: BusyArea, passed: number): string {
  const [left, top, right, bottom] = [x, y, x + width, y + height].map(
    (value) => Math.round(value * 1000) / 1000,
  );
  const polygon = `[[${left}, ${top}], [${right}, ${top}], [${right}, ${bottom}], [${left}, ${bottom}]]`;
  return `In ${frames} of the ${passed} frames with motion it all lies in one part of the picture: where that is a tree or a road of no interest, motionMasks: [{ name: busy, polygon: ${polygon} }] would stop them.`;
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
}

function counted(count: number, name: string): string {
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}
