import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ConsoleParts } from '../console-parts.ts';
import { fromHistory } from '../events/store-problem.ts';
import { defineRoute } from '../server/define-route.ts';

const auditQuery = z.object({
  actor: z.string().max(200).optional(),
  action: z.string().max(100).optional(),
  fromUs: z.coerce.number().int().nonnegative().optional(),
  untilUs: z.coerce.number().int().nonnegative().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(500).optional(),
});

/** Who viewed, exported, erased or changed what. */
export function auditRoutes(app: FastifyInstance, { events: { store, audit } }: ConsoleParts): void {
  defineRoute(app, {
    method: 'GET',
    url: '/v1/audit',
    summary: 'Who viewed, exported, erased or changed what, newest first',
    tag: 'audit',
    role: 'operator',
    query: auditQuery,
    async handler({ query, who }) {
      if (query.cursor === undefined) await fromHistory(audit.tell(who, 'audit.viewed', 'the audit log'));
      return fromHistory(store.auditLog(query));
    },
  });
}
