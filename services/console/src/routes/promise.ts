import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ConsoleParts } from '../console-parts.ts';
import { defineRoute } from '../server/define-route.ts';

const historyQuery = z.object({
  seconds: z.coerce.number().int().min(10).max(86_400).default(900).describe('How far to look back'),
});

/** How the promise was kept, and what was decided to keep it. */
export function promiseRoutes(app: FastifyInstance, parts: ConsoleParts): void {
  defineRoute(app, {
    method: 'GET',
    url: '/v1/promise/history',
    summary: 'Latency, throughput and levers over time; finer the less is looked back',
    tag: 'promise',
    role: 'viewer',
    query: historyQuery,
    handler: ({ query }) => ({ target: parts.target, ...parts.history.since(query.seconds) }),
  });
}
