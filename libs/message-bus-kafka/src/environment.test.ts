import { describe, expect, it } from 'vitest';
import { parseKafkaEnvironment } from './environment.ts';

const readFile = (path: string): string => `content of ${path}`;
const BROKERS = { KAFKA_BROKERS: 'a.example:9092' };
const SASL = {
  KAFKA_SASL_MECHANISM: 'scram-sha-512',
  KAFKA_SASL_USERNAME: 'edge',
  KAFKA_SASL_PASSWORD: 'secret',
};

describe('parseKafkaEnvironment', () => {
  it('reads a list of brokers, without TLS or SASL unless asked for', () => {
    expect(parseKafkaEnvironment({ KAFKA_BROKERS: 'a.example:9092, [::1]:9093', PATH: '/bin' })).toEqual({
      brokers: ['a.example:9092', '[::1]:9093'],
    });
  });

  it("turns TLS on with the system's certificates", () => {
    expect(parseKafkaEnvironment({ ...BROKERS, KAFKA_TLS: 'true' }).ssl).toBe(true);
  });

  it('reads certificates and SASL credentials', () => {
    const env = {
      ...BROKERS,
      ...SASL,
      KAFKA_TLS_CA: 'ca.pem',
      KAFKA_TLS_CERT: 'cert.pem',
      KAFKA_TLS_KEY: 'key.pem',
    };
    expect(parseKafkaEnvironment(env, readFile)).toEqual({
      brokers: ['a.example:9092'],
      ssl: { ca: 'content of ca.pem', cert: 'content of cert.pem', key: 'content of key.pem' },
      sasl: { mechanism: 'scram-sha-512', username: 'edge', password: 'secret' },
    });
  });

  it('reads the password from a file, as orchestrators hand it over', () => {
    const { KAFKA_SASL_PASSWORD: _, ...withoutPassword } = SASL;
    const env = { ...BROKERS, ...withoutPassword, KAFKA_SASL_PASSWORD_FILE: 'password' };
    expect(parseKafkaEnvironment(env, () => 'from a file\n').sasl?.password).toBe('from a file');
  });

  it.each([
    [{}, 'KAFKA_BROKERS'],
    [{ KAFKA_BROKERS: 'a.example' }, 'KAFKA_BROKERS: expected host:port'],
    [{ KAFKA_BROKERS: 'a.example:9092,' }, 'KAFKA_BROKERS: expected host:port'],
    [{ ...BROKERS, KAFKA_TLS: 'yes' }, 'KAFKA_TLS'],
    [{ ...BROKERS, KAFKA_TLS_CERT: 'cert.pem' }, 'KAFKA_TLS_CERT and KAFKA_TLS_KEY go together'],
    [
      { ...BROKERS, KAFKA_TLS: 'false', KAFKA_TLS_CA: 'ca.pem' },
      'KAFKA_TLS is false, but certificates are given',
    ],
    [{ ...BROKERS, ...SASL, KAFKA_SASL_PASSWORD_FILE: 'p' }, 'KAFKA_SASL_PASSWORD_FILE are both set'],
    [{ ...BROKERS, KAFKA_SASL_PASSWORD_FILE: 'gone' }, 'KAFKA_SASL_PASSWORD_FILE: cannot read gone'],
    [{ ...BROKERS, KAFKA_TLS_CA: 'gone.pem' }, 'KAFKA_TLS_CA: cannot read gone.pem'],
    [{ ...BROKERS, ...SASL, KAFKA_SASL_MECHANISM: 'gssapi' }, 'KAFKA_SASL_MECHANISM'],
    [
      { ...BROKERS, KAFKA_SASL_PASSWORD: 'secret' },
      'KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD',
    ],
  ])('refuses %j and names the variable', (env, mistake) => {
    const unreadable = (): string => {
      throw new Error('ENOENT');
    };
    const parse = (): unknown => parseKafkaEnvironment(env, unreadable);
    expect(parse).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
    expect(parse).toThrow(mistake);
    expect(parse).not.toThrow('secret');
  });
});
