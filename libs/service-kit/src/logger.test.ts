import { describe, expect, it } from 'vitest';
import type { Logger } from './logger.ts';
import { createLogger } from './logger.ts';

function linesOf(write: (logger: Logger) => void): string[] {
  const lines: string[] = [];
  write(createLogger({ name: 'edge', level: 'info', destination: { write: (line) => lines.push(line) } }));
  return lines;
}

describe('the log', () => {
  it('is one JSON object a line, with time, level and the name of the program', () => {
    const [line = ''] = linesOf((logger) => logger.info({ camera: 'north/door' }, 'connected'));
    expect(line).toMatch(/^\{.*\}\n$/);
    expect(JSON.parse(line)).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      name: 'edge',
      camera: 'north/door',
      msg: 'connected',
    });
  });

  it('leaves out what is below its level', () => {
    expect(linesOf((logger) => logger.debug('detail'))).toEqual([]);
  });

  it('hides credentials in fields, messages, nested values, errors and what a child logger is bound to', () => {
    const url = 'rtsp://admin:hunter2@cam/1';
    const text = linesOf((logger) => {
      logger.info({ password: 'hunter2', kafka: { sasl: { password: 'hunter2' } } }, `opening ${url}`);
      logger.warn({ sources: [{ url }] }, 'away');
      logger.error({ err: new Error(`no answer from ${url}`) }, 'failed');
      logger.child({ url: 'rtsp://admin:hun"ter2@cam/1' }).info('bound');
    }).join('');
    expect(text).not.toMatch(/hunter2|hun\\"ter2/);
    expect(text.match(/rtsp:\/\/\*\*\*@cam\/1/g)?.length).toBeGreaterThanOrEqual(4);
    for (const line of text.trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
  });
});
