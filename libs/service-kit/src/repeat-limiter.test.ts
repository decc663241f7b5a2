import { expect, it } from 'vitest';
import { createRepeatLimiter } from './repeat-limiter.ts';

it('says a repeating message once an interval and key, with how many were held back', () => {
  let timeMs = 0;
  const said: string[] = [];
  const limit = createRepeatLimiter({ intervalMs: 1000, nowMs: () => timeMs });
  for (timeMs = 0; timeMs < 2500; timeMs += 100)
    limit('door', (heldBack) => said.push(`${timeMs}: ${heldBack} more`));
  limit('gate', (heldBack) => said.push(`gate: ${heldBack} more`));
  expect(said).toEqual(['0: 0 more', '1000: 9 more', '2000: 9 more', 'gate: 0 more']);
});
