import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConfigError } from './config.ts';
import { withFlags } from './flags.ts';

const schema = z.object({ httpPort: z.string(), lossless: z.string() });

describe('command-line flags', () => {
  it('are the variables of the same names, and win over them', () => {
    const env = withFlags({ FRAMEGATE_HTTP_PORT: '1', OTHER: 'x' }, ['--http-port=2', '--lossless'], schema);
    expect(env).toEqual({ FRAMEGATE_HTTP_PORT: '2', FRAMEGATE_LOSSLESS: 'true', OTHER: 'x' });
  });

  it('take the word that follows for their value, and a flag that follows for the next', () => {
    const env = withFlags({}, ['--lossless', '--http-port', '2'], schema);
    expect(env).toEqual({ FRAMEGATE_HTTP_PORT: '2', FRAMEGATE_LOSSLESS: 'true' });
    expect(withFlags({}, ['--http-port', '-1', '--lossless', 'no'], schema)).toEqual({
      FRAMEGATE_HTTP_PORT: '-1',
      FRAMEGATE_LOSSLESS: 'no',
    });
  });

  it('may hold an equals sign in their value', () => {
    expect(withFlags({}, ['--http-port=a=b'], schema)).toEqual({ FRAMEGATE_HTTP_PORT: 'a=b' });
    expect(withFlags({}, ['--http-port='], schema)).toEqual({ FRAMEGATE_HTTP_PORT: '' });
  });

  it('are refused together when they are not known, without their values', () => {
    const attempt = () => withFlags({}, ['--http-prot=2', 'stray', '--lossless'], schema);
    expect(attempt).toThrow(ConfigError);
    expect(attempt).toThrow(/--http-prot: no such flag; there are --http-port.*\nstray: no such flag/);
  });
});
