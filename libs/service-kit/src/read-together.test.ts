import { describe, expect, it } from 'vitest';
import { ConfigError } from './config.ts';
import { readTogether } from './read-together.ts';

describe('reading several configurations together', () => {
  it('gives each result under its name', () => {
    expect(readTogether({ a: () => 1, b: () => 'x' })).toEqual({ a: 1, b: 'x' });
  });

  it('reports the mistakes of all, whatever kind of error they are', () => {
    const fail = (error: Error) => () => {
      throw error;
    };
    const attempt = () =>
      readTogether({ a: fail(new ConfigError(['one', 'two'])), b: () => 1, c: fail(new Error('three')) });
    expect(attempt).toThrow(ConfigError);
    expect(attempt).toThrow('one\ntwo\nthree');
  });
});
