import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** A provider as the specification has it, as far as a console uses one. */
export async function startProvider() {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256' };
  const asked = { challenge: '', nonce: '', roles: ['framegate-viewer'] };
  const server = createServer((request, reply) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on(
      'end',
      () => void answer(request.url ?? '', body).then((json) => reply.end(JSON.stringify(json))),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens at a port
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const token = (claims: Record<string, unknown>, { expires = '5m', audience = 'console' } = {}) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'k' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject('u1')
      .setExpirationTime(expires)
      .sign(privateKey);
  const answer = async (url: string, body: string): Promise<unknown> => {
    if (url.startsWith('/.well-known'))
      return {
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
      };
    if (url === '/jwks') return { keys: [jwk] };
    const verifier = new URLSearchParams(body).get('code_verifier') ?? '';
    const isProven = createHash('sha256').update(verifier).digest('base64url') === asked.challenge;
    return isProven
      ? { id_token: await token({ nonce: asked.nonce, roles: asked.roles, email: 'ada@example.org' }) }
      : {};
  };
  return { issuer, asked, token, close: () => server.close() };
}
