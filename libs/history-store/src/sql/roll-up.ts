import { z } from 'zod';
import type { SqlConnection } from './connection.ts';
import { beginOf, inSteps, minuteUs, sampleOf, secondUs, selectSeconds, writeSamples } from './sample-sql.ts';

const timeSchema = z.object({ at_us: z.int().nullable() });
/** A second may come so late: what measured it waits for the bus. */
const lateUs = 60e6;

/** Up to when minutes were made of seconds, 0 before the first. */
export async function selectRolledUntil(connection: SqlConnection): Promise<number> {
  const [row] = await connection.read({
    text: 'SELECT max(at_us) AS at_us FROM samples WHERE step_us = $1',
    params: [minuteUs],
  });
  const { at_us: lastUs } = timeSchema.parse(row);
  return lastUs === null ? 0 : lastUs + minuteUs;
}

/** Makes the minutes of the seconds that have none yet. */
export async function rollUp(connection: SqlConnection, nowUs: number): Promise<void> {
  const untilUs = beginOf(nowUs - lateUs, minuteUs);
  let fromUs = await selectRolledUntil(connection);
  for (;;) {
    const [row] = await connection.read({
      text: 'SELECT min(at_us) AS at_us FROM samples WHERE step_us = $1 AND at_us >= $2 AND at_us < $3',
      params: [secondUs, fromUs, untilUs],
    });
    const { at_us: firstUs } = timeSchema.parse(row);
    if (firstUs === null) return;
    const beginUs = beginOf(firstUs, minuteUs);
    const rows = await connection.read(selectSeconds(beginUs, beginUs + minuteUs));
    await connection.write(writeSamples(inSteps(rows.map(sampleOf), minuteUs), minuteUs));
    fromUs = beginUs + minuteUs;
  }
}
