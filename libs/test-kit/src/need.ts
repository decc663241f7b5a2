import { appendFileSync } from 'node:fs';

/** Names the file in which a run collects the reasons of its skipped tests. */
export const skipNotesVariable = 'FRAMEGATE_SKIP_NOTES';

/**
 * Says that the tests below need something that may be absent: `describe.skipIf(!need('ffmpeg', …))`.
 * Where it is absent, the summary of the run prints what was skipped and how to enable it.
 * @param what the thing, as it reads after "needs": 'ffmpeg', 'a Kafka broker'
 * @param howToEnable an order to the reader: 'install ffmpeg'
 */
export function need(what: string, isPresent: () => boolean, howToEnable: string): boolean {
  const present = isPresent();
  if (!present) noteSkip(`skipped: needs ${what}. To enable: ${howToEnable}`);
  return present;
}

/** Whether the tests that take minutes or a cluster were asked for (`FRAMEGATE_FULL=1`). */
export function needFullRun(what: string): boolean {
  const selected = process.env['FRAMEGATE_FULL'] === '1';
  if (!selected) noteSkip(`not selected: ${what}. To enable: set FRAMEGATE_FULL=1`);
  return selected;
}

function noteSkip(note: string): void {
  const file = process.env[skipNotesVariable];
  if (file !== undefined) appendFileSync(file, `${note}\n`);
}
