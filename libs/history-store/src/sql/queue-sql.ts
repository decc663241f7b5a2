import { z } from 'zod';
import type { Hold, MessageQueue, QueuedMessage } from '../port.ts';
import type { Row, SqlConnection } from './connection.ts';
import { conditions, insertRows, lastOfEach } from './statements.ts';

const columns = ['id', 'at_us', 'message', 'holder', 'held_until_us', 'settled'] as const;
const idSchema = z.object({ id: z.string() });
const rowSchema = z.object({
  id: z.string(),
  at_us: z.int(),
  message: z.string().transform((text): unknown => JSON.parse(text)),
});

export function createSqlQueue(connection: Pick<SqlConnection, 'write'>): MessageQueue {
  return {
    async put(messages, { holder, untilUs }) {
      const rows = lastOfEach(messages, ({ id }) => id).map(({ id, atUs, message }) => [
        id,
        atUs,
        JSON.stringify(message),
        holder,
        untilUs,
        0,
      ]);
      const added = await connection.write(
        insertRows('queue', columns, rows, 'ON CONFLICT DO NOTHING RETURNING id'),
      );
      return added.flat().map((row) => idSchema.parse(row).id);
    },
    async take({ holder, untilUs }: Hold, nowUs, limit) {
      // Looked at again by the update itself: of two who take at once the second finds them held.
      const free = 'settled = 0 AND held_until_us <= $3';
      const [rows = []] = await connection.write([
        {
          text: `UPDATE queue SET holder = $1, held_until_us = $2
            WHERE ${free} AND id IN (SELECT id FROM queue WHERE ${free} ORDER BY at_us, id LIMIT $4)
            RETURNING id, at_us, message`,
          params: [holder, untilUs, nowUs, limit],
        },
      ]);
      return rows.map(messageOf).toSorted((a, b) => a.atUs - b.atUs);
    },
    async hold({ holder, untilUs }) {
      await connection.write([
        {
          text: 'UPDATE queue SET held_until_us = $2 WHERE holder = $1 AND settled = 0',
          params: [holder, untilUs],
        },
      ]);
    },
    async settle(ids) {
      if (ids.length === 0) return;
      const where = conditions();
      where.addIn('id', ids);
      await connection.write([
        { text: `UPDATE queue SET settled = 1${where.where()}`, params: where.params },
      ]);
    },
  };
}

function messageOf(row: Row): QueuedMessage {
  const { id, at_us: atUs, message } = rowSchema.parse(row);
  return { id, atUs, message };
}
