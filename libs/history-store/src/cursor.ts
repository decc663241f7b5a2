import { z } from 'zod';
import { HistoryStoreError } from './history-store-error.ts';

/** Where a page ended: the order of all lists is (time, id). */
export interface Position {
  readonly atUs: number;
  readonly id: string;
}

const positionSchema = z.tuple([z.int(), z.string().max(300)]);

export function encodeCursor({ atUs, id }: Position): string {
  return Buffer.from(JSON.stringify([atUs, id])).toString('base64url');
}

/** @throws HistoryStoreError `INVALID` */
export function decodeCursor(cursor: string): Position {
  try {
    const [atUs, id] = positionSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { atUs, id };
  } catch {
    throw new HistoryStoreError(
      'INVALID',
      `cursor "${cursor.slice(0, 40)}": expected the "next" of a page. Begin without one`,
    );
  }
}
