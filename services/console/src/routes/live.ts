import type { FastifyInstance } from 'fastify';
import type { ConsoleParts } from '../console-parts.ts';
import { serveViewer } from '../live/serve-viewer.ts';

/** The WebSocket behind the live pages; `protocol/live.ts` says what is spoken on it. */
export function liveRoutes(app: FastifyInstance, { feed, live, metrics }: ConsoleParts): void {
  app.get('/v1/live', { websocket: true, schema: { hide: true }, config: { role: 'viewer' } }, (socket) =>
    serveViewer(socket, feed, live, metrics.viewers),
  );
}
