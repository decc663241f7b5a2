import { expect, it } from 'vitest';
import { credentialFiles } from './credential-files.ts';

it('knows the files of certificates, passwords and tokens from those of settings', () => {
  const env = {
    KAFKA_TLS_CA: 'ca.crt',
    KAFKA_SASL_PASSWORD_FILE: 'password',
    FRAMEGATE_API_TOKEN_FILE: 'token',
    FRAMEGATE_REDIS_URL_FILE: 'url',
    FRAMEGATE_SITE_FILE: 'site.yaml',
    FRAMEGATE_SLO_FILE: 'slo.yaml',
    KAFKA_SASL_PASSWORD: 'itself',
  };
  expect(credentialFiles(env)).toEqual(['ca.crt', 'password', 'token', 'url']);
});
