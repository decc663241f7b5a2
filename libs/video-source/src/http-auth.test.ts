import { expect, test } from 'vitest';
import { answerChallenge, splitCredentials } from './http-auth.ts';

const request = { method: 'GET', uri: '/dir/index.html', cnonce: '0a4f113b' };
const mufasa = { user: 'Mufasa', password: 'Circle Of Life' };
const challenge = (extra: string): string =>
  `Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"${extra}`;

test('answers a Basic challenge as RFC 7617 shows', () => {
  const answer = answerChallenge('Basic realm="x"', { user: 'Aladdin', password: 'open sesame' }, request);
  expect(answer).toBe('Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==');
});

test('answers a Digest challenge as RFC 2617, 3.5 shows', () => {
  const answer = answerChallenge(
    challenge(', qop="auth,auth-int", opaque="5ccc069c403ebaf9f0171e9517f40e41"'),
    mufasa,
    request,
  );
  expect(answer).toContain('response="6629fae49393a05397450978507c4ef1"');
  expect(answer).toContain('opaque="5ccc069c403ebaf9f0171e9517f40e41"');
});

test('answers a Digest challenge of old cameras, without qop', () => {
  const answer = answerChallenge(challenge(''), mufasa, request);
  expect(answer).toContain('response="670fd8c2df070c60b045671b8b24ff02"');
  expect(answer).not.toContain('qop');
});

test('answers a Digest challenge with SHA-256 as RFC 7616, 3.9.1 shows', () => {
  const fields =
    'realm="http-auth@example.org", qop="auth", algorithm=SHA-256, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"';
  const cnonce = 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ';
  const answer = answerChallenge(
    `Digest ${fields}`,
    { user: 'Mufasa', password: 'Circle of Life' },
    {
      method: 'GET',
      uri: '/dir/index.html',
      cnonce,
    },
  );
  expect(answer).toContain('response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"');
});

test('knows no answer to other challenges', () => {
  expect(answerChallenge('Negotiate', mufasa, request)).toBeNull();
  expect(answerChallenge(challenge(', algorithm=X'), mufasa, request)).toBeNull();
});

test('takes escaped credentials out of an address', () => {
  expect(splitCredentials('http://a%40b:p%3Aw@cam/x?y=1')).toEqual({
    url: 'http://cam/x?y=1',
    credentials: { user: 'a@b', password: 'p:w' },
  });
  expect(splitCredentials('http://cam/x').credentials).toBeNull();
});
