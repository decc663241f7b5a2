import type { FastifyInstance } from 'fastify';
import type { ConsoleParts } from '../console-parts.ts';
import { auditRoutes } from './audit.ts';
import { cameraRoutes } from './cameras.ts';
import { eventRoutes } from './events.ts';
import { ledgerRoutes } from './ledger.ts';
import { liveRoutes } from './live.ts';
import { notificationRoutes } from './notifications.ts';
import { promiseRoutes } from './promise.ts';
import { sessionRoutes } from './session.ts';

/** All operations of the API. A new page's routes are a file beside this one and a line here. */
const all: readonly ((app: FastifyInstance, parts: ConsoleParts) => void)[] = [
  sessionRoutes,
  liveRoutes,
  cameraRoutes,
  promiseRoutes,
  ledgerRoutes,
  eventRoutes,
  auditRoutes,
  notificationRoutes,
];

export function consoleRoutes(parts: ConsoleParts): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    app.get('/openapi.json', { schema: { hide: true }, config: { role: 'viewer' } }, async () =>
      app.swagger(),
    );
    for (const routes of all) routes(app, parts);
  };
}
