import { createHash } from 'node:crypto';

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** Takes user and password out of a URL: `fetch` refuses them there. */
export function splitCredentials(address: string): { url: string; credentials: Credentials | null } {
  const url = new URL(address);
  const credentials = { user: decode(url.username), password: decode(url.password) };
  url.username = '';
  url.password = '';
  return { url: url.href, credentials: credentials.user || credentials.password ? credentials : null };
}

/**
 * The Authorization header that answers a 401's challenge; null when the challenge is unknown.
 * Basic: RFC 7617. Digest: RFC 7616 with MD5 or SHA-256, qop=auth or none (RFC 2069, as old cameras do).
 */
export function answerChallenge(
  challenge: string,
  { user, password }: Credentials,
  request: { method: string; uri: string; cnonce: string },
): string | null {
  if (/\bdigest\b/i.test(challenge)) return digest(challenge, { user, password }, request);
  if (!/\bbasic\b/i.test(challenge)) return null;
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

function digest(
  challenge: string,
  { user, password }: Credentials,
  { method, uri, cnonce }: { method: string; uri: string; cnonce: string },
): string | null {
  const field = (name: string): string =>
    new RegExp(`\\b${name}=(?:"([^"]*)"|([^\\s,]+))`, 'i').exec(challenge)?.slice(1).find(Boolean) ?? '';
  const [realm, nonce, opaque, algorithm] = [
    field('realm'),
    field('nonce'),
    field('opaque'),
    field('algorithm') || 'MD5',
  ];
  const hashName = { MD5: 'md5', 'SHA-256': 'sha256' }[algorithm.toUpperCase()];
  const quality = field('qop') === '' ? '' : 'auth';
  if (hashName === undefined || (quality && !/\bauth\b/.test(field('qop')))) return null;
  const hash = (text: string): string => createHash(hashName).update(text).digest('hex');
  const [ha1, ha2] = [hash(`${user}:${realm}:${password}`), hash(`${method}:${uri}`)];
  const count = '00000001';
  const response = quality
    ? hash([ha1, nonce, count, cnonce, quality, ha2].join(':'))
    : hash([ha1, nonce, ha2].join(':'));
  return [
    `Digest username="${user.replace(/["\\]/g, '\\$&')}", realm="${realm}", nonce="${nonce}", uri="${uri}"`,
    `response="${response}", algorithm=${algorithm}`,
    ...(quality ? [`qop=${quality}, nc=${count}, cnonce="${cnonce}"`] : []),
    ...(opaque ? [`opaque="${opaque}"`] : []),
  ].join(', ');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
