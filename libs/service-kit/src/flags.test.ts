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

  it('may hold an equals sign in their value', () => {
    expect(withFlags({}, ['--http-port=a=b'], schema)).toEqual({ FRAMEGATE_HTTP_PORT: 'a=b' });
  });

  it('are refused together when they are not known, without their values', () => {
    const attempt = () => withFlags({}, ['--http-prot=2', 'stray'], schema);
    expect(attempt).toThrow(ConfigError);
    expect(attempt).toThrow(/--http-prot: no such flag; there are --http-port.*\nstray: no such flag/);
  });
});
