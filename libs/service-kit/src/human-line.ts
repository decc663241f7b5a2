import { z } from 'zod';

const lineSchema = z.looseObject({
  time: z.string(),
  level: z.string(),
  name: z.string(),
  msg: z.string().default(''),
  err: z.looseObject({ stack: z.string() }).optional().catch(undefined),
});

/** A line of the log for a person at a terminal: `12:00:01.123 WARN  edge: camera is away camera="north/door"`. */
export function humanLine(json: string): string {
  const parsed = lineSchema.safeParse(JSON.parse(json));
  if (!parsed.success) return json;
  const { time, level, name, msg, err, ...fields } = parsed.data;
  const rest = Object.entries(fields).map(([field, value]) => ` ${field}=${JSON.stringify(value)}`);
  const stack = err === undefined ? '' : `\n${err.stack}`;
  return `${time.slice(11, 23)} ${level.toUpperCase().padEnd(5)} ${name}: ${msg}${rest.join('')}${stack}\n`;
}
