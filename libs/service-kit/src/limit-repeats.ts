import type { Logger } from './logger.ts';
import { createRepeatLimiter } from './repeat-limiter.ts';

const intervalMs = 30_000;

/**
 * A log for a part that says the same at each of its attempts while something is away: each message goes through
 * once in 30 s, with how many were held back since.
 * @param nowMs monotonic milliseconds
 */
export function limitRepeats(logger: Pick<Logger, 'warn' | 'error'>, nowMs: () => number) {
  const limit = createRepeatLimiter({ intervalMs, nowMs });
  const limited =
    (level: 'warn' | 'error') =>
    (fields: object, message: string): void =>
      limit(message, (heldBack) => logger[level](heldBack === 0 ? fields : { ...fields, heldBack }, message));
  return { warn: limited('warn'), error: limited('error') };
}
