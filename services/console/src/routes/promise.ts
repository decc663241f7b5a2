import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ConsoleParts } from '../console-parts.ts';
import type { ToldDecision } from '../protocol/decision.ts';
import { defineRoute } from '../server/define-route.ts';

const historyQuery = z.object({
  seconds: z.coerce.number().int().min(10).max(86_400).default(900).describe('How far to look back'),
  slo: z
    .string()
    .max(200)
    .optional()
    .describe('Only cameras of which this is promised: a name of `promises`'),
});

const decisionsQuery = z.object({ limit: z.coerce.number().int().min(1).max(500).default(100) });

/** How the promise was kept, and what was decided to keep it. */
export function promiseRoutes(app: FastifyInstance, parts: ConsoleParts): void {
  defineRoute(app, {
    method: 'GET',
    url: '/v1/promise/history',
    summary: 'Latency, throughput and levers over time; finer the less is looked back',
    tag: 'promise',
    role: 'viewer',
    query: historyQuery,
    handler: ({ query: { seconds, slo } }) => {
      const { live, history } = parts;
      const track = slo === undefined ? history.all : history.ofSlo(slo);
      const points = track?.since(seconds) ?? { stepSeconds: 1, points: [] };
      return { promises: live.promises(), standing: live.standing(slo), ...points };
    },
  });
  defineRoute(app, {
    method: 'GET',
    url: '/v1/promise/decisions',
    summary: 'What the controller decided, why, and what came of it; newest first',
    tag: 'promise',
    role: 'viewer',
    query: decisionsQuery,
    handler: ({ query }): { decisions: ToldDecision[] } => {
      const { decisions, history, outcomes, nowUs } = parts;
      const last = decisions.list().slice(-query.limit).toReversed();
      const points = history.all.last(900);
      return { decisions: last.map((decision) => outcomes.told(decision, points, nowUs())) };
    },
  });
}
