import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guardedAccess } from '../src/access/guarded-access.ts';
import { createSessions } from '../src/access/sessions.ts';
import { createToken, parseTokens } from '../src/access/token-list.ts';
import type { TestConsole } from './console-fixture.ts';
import { startTestConsole } from './console-fixture.ts';
import { intentOf } from './frames-fixture.ts';

const viewer = createToken('vera', 'viewer');
const operator = createToken('otto', 'operator');
const secret = 'a secret of at least 32 characters';
let served: TestConsole;

beforeAll(async () => {
  const tokens = parseTokens(`# who may\n${viewer.line}\n${operator.line} # on call\n`);
  served = await startTestConsole({
    access: guardedAccess({ tokens, oidc: undefined, sessions: createSessions(secret) }),
  });
  await served.want(intentOf('north/door'));
});
afterAll(() => served.close());

const ask = (path: string, headers: Record<string, string> = {}, init: RequestInit = {}) =>
  fetch(served.url + path, {
    ...init,
    headers: { ...(init.body ? { 'content-type': 'application/json' } : {}), ...headers },
  });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const change = (headers: Record<string, string>, revision = 0) =>
  ask('/v1/cameras/north/door', headers, {
    method: 'PATCH',
    body: JSON.stringify({ revision, objectiveMs: 400 }),
  });

async function signIn(token: string): Promise<string> {
  const reply = await ask('/v1/session', {}, { method: 'POST', body: JSON.stringify({ token }) });
  expect(reply.status).toBe(200);
  return reply.headers.getSetCookie()[0] ?? '';
}

describe('who may come in', () => {
  it('is nobody without a token, but the page itself is for all', async () => {
    expect((await ask('/v1/cameras')).status).toBe(401);
    expect((await ask('/openapi.json')).status).toBe(401);
    expect((await ask('/', { accept: 'text/html' })).status).toBe(200);
    expect(await (await ask('/v1/session')).json()).toEqual({
      identity: null,
      isOpen: false,
      hasOidc: false,
    });
  });

  it('lets a viewer look and change nothing, and an operator change things', async () => {
    expect((await ask('/v1/cameras', bearer(viewer.token))).status).toBe(200);
    const refused = await change(bearer(viewer.token));
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ detail: expect.stringContaining('operator') });
    expect((await change(bearer(operator.token))).status).toBe(200);
  });

  it('signs a browser in by a cookie that no script reads, and out again', async () => {
    const cookie = await signIn(viewer.token);
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(cookie).not.toContain(viewer.token);
    const session = { cookie: cookie.split(';')[0] ?? '' };
    expect(await (await ask('/v1/session', session)).json()).toMatchObject({
      identity: { name: 'vera', role: 'viewer' },
    });
    expect((await ask('/v1/cameras', session)).status).toBe(200);
    const out = await ask('/v1/session', session, { method: 'DELETE' });
    expect(out.headers.getSetCookie()[0]).toMatch(/Max-Age=0|Expires=Thu, 01 Jan 1970/);
  });

  it('takes no change from a page of another origin, whatever cookie comes with it', async () => {
    const session = { cookie: (await signIn(operator.token)).split(';')[0] ?? '' };
    expect((await change({ ...session, origin: 'https://evil.example' })).status).toBe(403);
    expect((await change({ ...session, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await change({ ...session, origin: served.url }, 1)).status).toBe(200);
  });

  it('refuses sessions that are forged, expired, or of another kind', async () => {
    const other = createSessions('another secret of 32 characters!');
    let forged = '';
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- all that is used of a reply
    const reply = {
      request: { protocol: 'http' },
      setCookie: (_name: string, jwt: string) => (forged = jwt),
    } as never;
    await other.begin(reply, { name: 'eve', role: 'operator' });
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"name":"eve","role":"operator","aud":"session"}').toString('base64url')}.`;
    const ownKey = await crypto.subtle.digest(
      'SHA-256',
      new TextEncoder().encode(`framegate console ${secret}`),
    );
    const expired = await new SignJWT({ name: 'otto', role: 'operator' })
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience('session')
      .setExpirationTime(1)
      .sign(new Uint8Array(ownKey));
    await createSessions(secret).keepShortly(reply, { name: 'otto', role: 'operator' });
    const kept = forged;
    for (const jwt of [forged, unsigned, expired, kept, 'nonsense'])
      expect((await change({ cookie: `framegate_session=${jwt}` }, 2)).status).toBe(401);
    expect((await change(bearer(`${operator.token}x`), 2)).status).toBe(401);
  });

  it('writes no token into its log, and none into an answer', async () => {
    const wrong = await ask('/v1/session', {}, { method: 'POST', body: '{"token":"fgt_wrong-but-secret"}' });
    expect(wrong.status).toBe(401);
    expect(await wrong.text()).not.toContain('wrong-but-secret');
    const long = JSON.stringify({ token: 'wrong-but-secret'.repeat(40) });
    const tooLong = await ask('/v1/session', {}, { method: 'POST', body: long });
    expect(tooLong.status).toBe(400);
    expect(await tooLong.text()).not.toContain('wrong-but-secret');
    expect(served.log()).toContain('signed in');
    for (const token of [viewer.token, operator.token, 'wrong-but-secret'])
      expect(served.log()).not.toContain(token);
  });

  it('slows down who guesses', async () => {
    const tries = await Promise.all(
      Array.from({ length: 30 }, () => ask('/v1/session', {}, { method: 'POST', body: '{"token":"x"}' })),
    );
    expect(tries.some(({ status }) => status === 429)).toBe(true);
  });
});

it('a list of tokens tells each wrong line without repeating it', () => {
  expect(() => parseTokens(`ada operator fgt_oops\n${viewer.line}\nbob admin ${'0'.repeat(64)}`)).toThrow(
    /^line 1: [^\n]*\nline 3: [^\n]*$/,
  );
  expect(() => parseTokens('ada operator fgt_oops')).not.toThrow(/oops/);
});
