import { createHash, randomBytes } from 'node:crypto';
import type { JWTPayload } from 'jose';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Identity } from './access.ts';

export interface OidcOptions {
  /** Whose `/.well-known/openid-configuration` says the rest. */
  readonly issuer: string;
  readonly clientId: string;
  /** Absent for a public client: PKCE protects the code in either case. */
  readonly clientSecret?: string | undefined;
  /** Claim that lists what a person may, and what must be in it. */
  readonly roleClaim: string;
  readonly operatorRole: string;
  readonly viewerRole: string;
  /** Where people come back to: the console's own `/v1/oidc/callback`, as they reach it. */
  readonly redirectUri: string;
}

/** What is kept at the browser between leaving for the sign-in and coming back. */
export interface SignInState {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Sign-in by OpenID Connect: the authorization code flow with PKCE (RFC 7636) for people, JWTs for programs. */
export interface Oidc {
  begin(): Promise<SignInState & { readonly url: string }>;
  /** @throws Error when the answer is not that of this sign-in, or the person may do nothing here */
  finish(kept: SignInState, answer: { readonly state: string; readonly code: string }): Promise<Identity>;
  /** Of the bearer of a JWT; undefined for one that is forged, expired, for others, or without a role here. */
  identityOf(jwt: string): Promise<Identity | undefined>;
}

const discoverySchema = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
});
const tokenReplySchema = z.object({ id_token: z.string() });
const timeoutMs = 8000;
/** Symmetric ones would let whoever knows the client's secret sign. */
const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA', 'RS384', 'RS512', 'PS384', 'PS512', 'ES384', 'ES512'];

export function createOidc(options: OidcOptions): Oidc {
  const { issuer, clientId, clientSecret, redirectUri } = options;
  let discovered: Promise<Awaited<ReturnType<typeof discover>>> | undefined;
  const provider = () => {
    discovered ??= discover(issuer).catch((error: unknown) => {
      discovered = undefined;
      throw error;
    });
    return discovered;
  };
  const verify = async (jwt: string): Promise<JWTPayload> => {
    const { keys } = await provider();
    return (await jwtVerify(jwt, keys, { issuer, audience: clientId, algorithms, clockTolerance: 30 }))
      .payload;
  };

  return {
    async begin() {
      const { authorization_endpoint: endpoint } = await provider();
      const [state, nonce, verifier] = [random(), random(), random()];
      const challenge = createHash('sha256').update(verifier).digest('base64url');
      const url = new URL(endpoint);
      const asked = {
        response_type: 'code', client_id: clientId, redirect_uri: redirectUri, scope: 'openid profile email',
        state, nonce, code_challenge: challenge, code_challenge_method: 'S256',
      }; // prettier-ignore
      for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
      return { url: url.href, state, nonce, verifier };
    },
    async finish(kept, { state, code }) {
      if (state !== kept.state) throw new Error('the answer belongs to another sign-in');
      const { token_endpoint: endpoint } = await provider();
      const body = new URLSearchParams({
        grant_type: 'authorization_code', code, redirect_uri: redirectUri, client_id: clientId,
        code_verifier: kept.verifier, ...(clientSecret !== undefined && { client_secret: clientSecret }),
      }); // prettier-ignore
      const reply = await fetch(endpoint, { method: 'POST', body, signal: AbortSignal.timeout(timeoutMs) });
      if (!reply.ok) throw new Error(`the sign-in service refused the code (${reply.status})`);
      const payload = await verify(tokenReplySchema.parse(await reply.json()).id_token);
      if (payload['nonce'] !== kept.nonce) throw new Error('the answer belongs to another sign-in');
      const identity = identityFrom(payload, options);
      if (!identity)
        throw new Error(
          `neither ${options.viewerRole} nor ${options.operatorRole} is in ${options.roleClaim}`,
        );
      return identity;
    },
    async identityOf(jwt) {
      try {
        return identityFrom(await verify(jwt), options);
      } catch {
        return undefined;
      }
    },
  };
}

async function discover(issuer: string) {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const reply = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
  if (!reply.ok) throw new Error(`${url} answered ${reply.status}`);
  const found = discoverySchema.parse(await reply.json());
  if (found.issuer !== issuer) throw new Error(`${url} is about another issuer: set that one`);
  return { ...found, keys: createRemoteJWKSet(new URL(found.jwks_uri), { timeoutDuration: timeoutMs }) };
}

function identityFrom(payload: JWTPayload, options: OidcOptions): Identity | undefined {
  const claim = payload[options.roleClaim];
  const held: unknown[] = Array.isArray(claim) ? claim : typeof claim === 'string' ? claim.split(' ') : [];
  const named = [payload['preferred_username'], payload['email'], payload.sub];
  const name = named.find((value) => typeof value === 'string') ?? 'unnamed';
  if (held.includes(options.operatorRole)) return { name, role: 'operator' };
  return held.includes(options.viewerRole) ? { name, role: 'viewer' } : undefined;
}

function random(): string {
  return randomBytes(32).toString('base64url');
}
