import { describe, expect, it } from 'vitest';
import { limitRepeats } from './limit-repeats.ts';
import { createLogger } from './logger.ts';

describe('a log without repeats', () => {
  it('says each message once in 30 s, and then how often it was held back', () => {
    let timeMs = 0;
    const lines: unknown[] = [];
    const destination = { write: (line: string) => void lines.push(JSON.parse(line)) };
    const log = limitRepeats(createLogger({ name: 't', destination }), () => timeMs);
    for (let i = 0; i < 10; i++) log.warn({ attempt: i }, 'no broker');
    log.error({}, 'another');
    timeMs = 30_000;
    log.warn({ attempt: 10 }, 'no broker');
    expect(lines).toMatchObject([
      { level: 'warn', msg: 'no broker', attempt: 0 },
      { level: 'error', msg: 'another' },
      { level: 'warn', msg: 'no broker', attempt: 10, heldBack: 9 },
    ]);
  });
});
