import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guardedAccess } from '../src/access/guarded-access.ts';
import { createOidc } from '../src/access/oidc.ts';
import { createSessions } from '../src/access/sessions.ts';
import { parseTokens } from '../src/access/token-list.ts';
import type { TestConsole } from './console-fixture.ts';
import { startTestConsole } from './console-fixture.ts';
import { startProvider } from './provider-fixture.ts';

let provider: Awaited<ReturnType<typeof startProvider>>;
let served: TestConsole;
beforeAll(async () => {
  provider = await startProvider();
  const oidc = createOidc({
    issuer: provider.issuer,
    clientId: 'console',
    roleClaim: 'roles',
    viewerRole: 'framegate-viewer',
    operatorRole: 'framegate-operator',
    redirectUri: 'http://console.example/v1/oidc/callback',
  });
  const sessions = createSessions('a secret of at least 32 characters');
  served = await startTestConsole({ access: guardedAccess({ tokens: parseTokens(''), oidc, sessions }) });
});
afterAll(async () => {
  await served.close();
  provider.close();
});

const go = (path: string, cookie = '') =>
  fetch(served.url + path, { redirect: 'manual', headers: { cookie } });

/** Leaves for the provider and comes back with a code. */
async function leave() {
  const away = await go('/v1/oidc/login');
  const url = new URL(away.headers.get('location') ?? '');
  provider.asked.challenge = url.searchParams.get('code_challenge') ?? '';
  provider.asked.nonce = url.searchParams.get('nonce') ?? '';
  return { url, cookie: away.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
}

describe('signing in with the organisation’s account', () => {
  it('leads there with PKCE, and back with the role that the account has', async () => {
    const { url, cookie } = await leave();
    expect(url.searchParams.get('code_challenge_method')).toBe('S256');
    const back = await go(`/v1/oidc/callback?code=c&state=${url.searchParams.get('state')}`, cookie);
    expect(back.status).toBe(302);
    const session = back.headers.getSetCookie().find((one) => one.startsWith('framegate_session')) ?? '';
    expect(await (await go('/v1/session', session.split(';')[0])).json()).toMatchObject({
      identity: { name: 'ada@example.org', role: 'viewer' },
      hasOidc: true,
    });
  });

  it('refuses an answer to another sign-in, one without its cookie, and an account without a role', async () => {
    const { cookie, url } = await leave();
    expect((await go('/v1/oidc/callback?code=c&state=other', cookie)).status).toBe(502);
    expect((await go(`/v1/oidc/callback?code=c&state=${url.searchParams.get('state')}`)).status).toBe(400);
    provider.asked.roles = ['accounting'];
    const next = await leave();
    const refused = await go(
      `/v1/oidc/callback?code=c&state=${next.url.searchParams.get('state')}`,
      next.cookie,
    );
    expect(refused.status).toBe(502);
    expect(refused.headers.getSetCookie().some((one) => one.startsWith('framegate_session'))).toBe(false);
  });

  it('takes JWTs of programs, and none that is expired, for others, or unsigned', async () => {
    const asBearer = async (jwt: string) =>
      (await fetch(`${served.url}/v1/cameras`, { headers: { authorization: `Bearer ${jwt}` } })).status;
    const claims = { roles: ['framegate-operator'] };
    expect(await asBearer(await provider.token(claims))).toBe(200);
    expect(await asBearer(await provider.token(claims, { expires: '-1h' }))).toBe(401);
    expect(await asBearer(await provider.token(claims, { audience: 'another' }))).toBe(401);
    expect(await asBearer(await provider.token({ roles: [] }))).toBe(401);
    const [, payload] = (await provider.token(claims)).split('.');
    expect(await asBearer(`${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`)).toBe(401);
  });
});
