import { describe, expect, it } from 'vitest';
import { humanLine } from './human-line.ts';

const head = { level: 'warn', time: '2026-01-02T12:00:01.123Z', name: 'edge' };

describe('a log line for a person', () => {
  it('has the time of day, the level, the name, the message, and then the fields', () => {
    const line = JSON.stringify({ ...head, camera: 'north/door', attempt: 3, msg: 'camera is away' });
    expect(humanLine(line)).toBe('12:00:01.123 WARN  edge: camera is away camera="north/door" attempt=3\n');
  });

  it('ends with the stack of an error', () => {
    const line = JSON.stringify({
      ...head,
      err: { type: 'Error', stack: 'Error: no\n    at here' },
      msg: 'failed',
    });
    expect(humanLine(line)).toBe('12:00:01.123 WARN  edge: failed\nError: no\n    at here\n');
  });

  it('is left as it is when it is no line of this log', () => {
    expect(humanLine('{"other":1}\n')).toBe('{"other":1}\n');
  });
});
