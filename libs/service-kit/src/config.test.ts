import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConfigError, describeConfig, readConfig } from './config.ts';

const schema = z.object({
  kafkaBrokers: z.string().min(1).describe('host:port, separated by commas'),
  httpPort: z.coerce.number().int().min(0).max(65_535).default(8080),
  kafkaPassword: z.string().min(8).optional(),
  mode: z.enum(['fast', 'safe']).default('safe'),
  storeUrl: z.string().startsWith('redis://').optional(),
});

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'framegate-config-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function mistakesOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(schema, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

describe('reading a configuration', () => {
  it('types what the environment says and fills in defaults, an empty variable being unset', () => {
    const env = { FRAMEGATE_KAFKA_BROKERS: 'a:9092', FRAMEGATE_HTTP_PORT: '0', FRAMEGATE_MODE: '' };
    expect(readConfig(schema, env)).toEqual({ kafkaBrokers: 'a:9092', httpPort: 0, mode: 'safe' });
  });

  it('reports all mistakes at once, each with variable, value, what was expected and what to do', () => {
    expect(mistakesOf({ FRAMEGATE_HTTP_PORT: '70000', FRAMEGATE_MODE: 'quick' })).toEqual([
      'FRAMEGATE_KAFKA_BROKERS is not set: expected string. Set it to such a value',
      expect.stringMatching(/^FRAMEGATE_HTTP_PORT="70000": Too big.*<=65535.*unset it for its default$/),
      expect.stringMatching(/^FRAMEGATE_MODE="quick": .*"fast"\|"safe"/),
    ]);
  });

  it('never prints a secret, by name, by file or within a URL', () => {
    const file = join(folder, 'store-url');
    writeFileSync(file, 'from-a-file');
    const brokers = { FRAMEGATE_KAFKA_BROKERS: 'a' };
    const text = [
      ...mistakesOf({ ...brokers, FRAMEGATE_KAFKA_PASSWORD: 'hunter2' }),
      ...mistakesOf({ ...brokers, FRAMEGATE_STORE_URL_FILE: file }),
      ...mistakesOf({ ...brokers, FRAMEGATE_STORE_URL: 'http://u:hunter3@host' }),
    ].join('\n');
    expect(text).toContain('FRAMEGATE_KAFKA_PASSWORD=(secret, not shown)');
    expect(text).toContain('FRAMEGATE_STORE_URL_FILE=(secret, not shown)');
    expect(text).toContain('http://***@host');
    expect(text).not.toMatch(/hunter|from-a-file/);
  });

  it('reads a secret from the file that is named, without its last newline', () => {
    const file = join(folder, 'password');
    writeFileSync(file, 'long enough\n');
    const env = { FRAMEGATE_KAFKA_BROKERS: 'a', FRAMEGATE_KAFKA_PASSWORD_FILE: file };
    expect(readConfig(schema, env).kafkaPassword).toBe('long enough');
  });

  it('refuses a file that is not there, and a variable that is given both ways', () => {
    const brokers = { FRAMEGATE_KAFKA_BROKERS: 'a' };
    const missing = mistakesOf({ ...brokers, FRAMEGATE_KAFKA_PASSWORD_FILE: join(folder, 'no') });
    expect(missing).toEqual([expect.stringContaining('(ENOENT)')]);
    const both = { ...brokers, FRAMEGATE_KAFKA_PASSWORD: 'x', FRAMEGATE_KAFKA_PASSWORD_FILE: 'y' };
    expect(mistakesOf(both)).toEqual([expect.stringContaining('are both set: unset one')]);
  });

  it('describes its variables for the help text', () => {
    const text = describeConfig(schema);
    expect(text).toContain('FRAMEGATE_KAFKA_BROKERS  (required)  host:port, separated by commas');
    expect(text).toContain('FRAMEGATE_HTTP_PORT  (default 8080)');
    expect(text).toContain('FRAMEGATE_STORE_URL  (optional)');
  });
});
