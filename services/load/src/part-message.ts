import { z } from 'zod';
import { partResultSchema, progressSchema } from './run-part.ts';

/** What a process of a load tells its parent: now and then how far it is, at the end its result or an error. */
export const partMessageSchema = z.union([
  z.strictObject({ progress: progressSchema }),
  z.strictObject({ text: z.string() }),
  z.strictObject({ result: partResultSchema }),
  z.strictObject({ error: z.string() }),
]);
export type PartMessage = z.output<typeof partMessageSchema>;
