import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** A boxed number a cell would be 230 kB; what is left are a few numbers that functions hand to each other. */
const mostBytesAFrame = 16_000;

test('in the steady state a frame leaves no garbage but a few numbers', { timeout: 60_000 }, () => {
  const probe = fileURLToPath(new URL('allocation-probe.ts', import.meta.url));
  const bytesAFrame = Number(execFileSync(process.execPath, [probe], { encoding: 'utf8' }));
  expect(bytesAFrame).toBeLessThan(mostBytesAFrame);
});
