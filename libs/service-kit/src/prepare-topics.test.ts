import { describe, expect, it } from 'vitest';
import { createHealth } from './health.ts';
import { prepareTopics } from './prepare-topics.ts';

const refused = (code: string, message: string) => Object.assign(new Error(message), { code });

/** A bus that refuses with one error after the other, then agrees. */
async function prepare(...errors: Error[]) {
  const health = createHealth(['bus']);
  const lines: string[] = [];
  const reasons: unknown[] = [];
  const log = (line: unknown): void => void lines.push(String(line));
  await prepareTopics({
    bus: {
      async ensureTopics() {
        const error = errors.shift();
        if (error) throw error;
      },
    },
    topics: [],
    health,
    logger: { info: log, error: log },
    pause: async () => reasons.push(health.report().checks['bus']),
  });
  return { health, lines, reasons };
}

describe('preparing topics', () => {
  it('says once what is to be mended, in the log and in readiness, and goes on when it is', async () => {
    const narrow = refused('TOPIC_UNFIT', 'topic t has 2 partitions, 4 are needed: raise its number');
    const { health, lines, reasons } = await prepare(narrow, narrow);
    expect(lines).toEqual([`message bus: ${narrow.message}`, 'message bus: mended, going on']);
    expect(reasons).toEqual([
      { ready: false, reason: narrow.message },
      { ready: false, reason: narrow.message },
    ]);
    expect(health.report().ready).toBe(true);
  });

  it.each(['AUTHENTICATION', 'AUTHORIZATION'])(
    'waits after %s, which an administrator can cure',
    async (code) => {
      const { lines } = await prepare(refused(code, 'no'));
      expect(lines).toHaveLength(2);
    },
  );

  it('leaves readiness to the connection where nothing was wrong', async () => {
    const { health, lines } = await prepare();
    expect(lines).toEqual([]);
    expect(health.report().ready).toBe(false);
  });

  it('fails on what no administrator can cure', async () => {
    await expect(prepare(refused('INVALID_ARGUMENT', 'a bad name'))).rejects.toThrow('a bad name');
  });
});
