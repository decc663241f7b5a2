import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { SignInState } from '../access/oidc.ts';
import type { ConsoleParts } from '../console-parts.ts';
import type { SessionState } from '../protocol/session.ts';
import { defineRoute } from '../server/define-route.ts';
import { Problem } from '../server/problem.ts';

const signInBody = z.strictObject({ token: z.string().min(1).max(500) });
const callbackQuery = z.object({ state: z.string().max(200), code: z.string().max(4000) });
const keptSchema = z.object({ state: z.string(), nonce: z.string(), verifier: z.string() });
/** Guessing is hopeless anyway; this keeps the log readable. */
const triesPerMinute = 20;

/** Who the browser is signed in as, and how to. */
export function sessionRoutes(app: FastifyInstance, { access, logger }: ConsoleParts): void {
  const { signIn } = access;
  defineRoute(app, {
    method: 'GET',
    url: '/v1/session',
    summary: 'Who is signed in',
    tag: 'session',
    role: 'anyone',
    handler: async ({ request }): Promise<SessionState> => ({
      identity: (await access.identify(request)) ?? null,
      isOpen: signIn === undefined,
      hasOidc: signIn?.oidc !== undefined,
    }),
  });
  if (!signIn) return;
  const { sessions, oidc } = signIn;
  defineRoute(app, {
    method: 'POST',
    url: '/v1/session',
    summary: 'Sign in with a token: the answer sets a cookie',
    tag: 'session',
    role: 'anyone',
    body: signInBody,
    perMinute: triesPerMinute,
    handler: async ({ body, request, reply }) => {
      const identity = signIn.identityOf(body.token);
      if (!identity) {
        logger.warn({ from: request.ip }, 'somebody tried a token that is none');
        throw new Problem(401, 'Not known', 'there is no such token: ask who runs this console for one');
      }
      await sessions.begin(reply, identity);
      logger.info({ by: identity.name, role: identity.role }, 'signed in');
      return { identity };
    },
  });
  defineRoute(app, {
    method: 'DELETE',
    url: '/v1/session',
    summary: 'Sign out',
    tag: 'session',
    role: 'anyone',
    handler: async ({ reply }) => {
      sessions.end(reply);
      return reply.code(204).send();
    },
  });
  if (!oidc) return;
  const failed = (error: unknown): Problem => {
    const reason = error instanceof Error ? error.message : String(error);
    logger.warn({ err: error }, 'a sign-in failed');
    return new Problem(502, 'Sign-in failed', `${reason}: begin again at /, or ask who runs this console`);
  };
  defineRoute(app, {
    method: 'GET',
    url: '/v1/oidc/login',
    summary: 'Sign in with the organisation’s account',
    tag: 'session',
    role: 'anyone',
    perMinute: triesPerMinute,
    handler: async ({ reply }) => {
      const begun = await oidc.begin().catch((error: unknown) => Promise.reject(failed(error)));
      const { url, ...state } = begun;
      await sessions.keepShortly(reply, state);
      return reply.redirect(url);
    },
  });
  defineRoute(app, {
    method: 'GET',
    url: '/v1/oidc/callback',
    summary: 'Where the organisation’s sign-in leads back to',
    tag: 'session',
    role: 'anyone',
    query: callbackQuery,
    perMinute: triesPerMinute,
    handler: async ({ query, request, reply }) => {
      const kept: SignInState | undefined = keptSchema.safeParse(
        await sessions.takeKept(request, reply),
      ).data;
      if (!kept)
        throw new Problem(
          400,
          'No sign-in',
          'this sign-in is over, or was begun in another browser: begin again at /',
        );
      const identity = await oidc
        .finish(kept, query)
        .catch((error: unknown) => Promise.reject(failed(error)));
      await sessions.begin(reply, identity);
      logger.info({ by: identity.name, role: identity.role }, 'signed in');
      return reply.redirect('/live');
    },
  });
}
