import { describe, expect, it } from 'vitest';
import { eventually } from './eventually.ts';

describe('waiting for a condition', () => {
  it('returns the first truthy value, however often the condition threw or was false before', async () => {
    const answers = [
      () => {
        throw new Error('not yet');
      },
      () => undefined,
      () => 'there',
    ];
    expect(await eventually(() => answers.shift()?.())).toBe('there');
  });

  it('fails with the condition and its last error', async () => {
    const refused = new Error('refused');
    const failure = eventually(
      () => {
        throw refused;
      },
      { timeoutMs: 1 },
    );
    await expect(failure).rejects.toMatchObject({
      message: expect.stringContaining('throw refused'),
      cause: refused,
    });
  });
});
