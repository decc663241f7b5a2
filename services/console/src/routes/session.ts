import type { FastifyInstance } from 'fastify';
import type { ConsoleParts } from '../console-parts.ts';
import type { SessionState } from '../protocol/session.ts';
import { defineRoute } from '../server/define-route.ts';

/** Who the browser is signed in as, and how to. */
export function sessionRoutes(app: FastifyInstance, { access }: ConsoleParts): void {
  defineRoute(app, {
    method: 'GET',
    url: '/v1/session',
    summary: 'Who is signed in',
    tag: 'session',
    role: 'anyone',
    handler: async ({ request }): Promise<SessionState> => ({
      identity: (await access.identify(request)) ?? null,
      isOpen: true,
      hasOidc: false,
    }),
  });
}
