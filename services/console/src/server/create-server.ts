import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import swagger from '@fastify/swagger';
import websocket from '@fastify/websocket';
import type { WebSocket } from '@fastify/websocket';
import type { Logger, MetricsRegistry } from '@framegate/service-kit';
import { countRequests } from '@framegate/service-kit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fastify from 'fastify';
import type { GuardOptions } from './guard.ts';
import { addGuard } from './guard.ts';
import { Problem, problemOf, sendProblem } from './problem.ts';
import { addSecurityHeaders } from './security-headers.ts';

export interface ServerOptions extends GuardOptions {
  /** Folder of the built pages. */
  readonly webFolder: string;
  /** Behind a proxy that sets X-Forwarded-*: they are believed. */
  readonly trustProxy: boolean;
  readonly registry: MetricsRegistry;
  readonly logger: Logger;
  readonly routes: (app: FastifyInstance) => Promise<void>;
}

/** Polygons of a camera take a few kB. */
const maxBodyBytes = 256 * 1024;
const maxSocketMessageBytes = 64 * 1024;
const requestsPerMinute = 1200;
/** RFC 6455 */
const goingAway = 1001;
const farewellMs = 200;
const assetAgeMs = 365 * 24 * 3600 * 1000;

/** The console's HTTP server, not listening yet: pages, API and what keeps both from being misused. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { logger, trustProxy, webFolder } = options;
  const app = fastify({
    logger: false,
    trustProxy,
    bodyLimit: maxBodyBytes,
    requestTimeout: 30_000,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
  });
  app.setErrorHandler(async (error, request, reply) => answerError(error, request, reply, logger));
  // Bodies are parsed by the schemas that their types come from.
  app.setValidatorCompiler(() => () => true);
  app.removeContentTypeParser('text/plain');
  countRequests(app, options.registry);
  addSecurityHeaders(app);
  await app.register(rateLimit, {
    max: requestsPerMinute,
    timeWindow: 60_000,
    errorResponseBuilder: (_request, { after }) =>
      new Problem(
        429,
        'Too many requests',
        `more than this server takes of one caller: try again in ${after}`,
      ),
  });
  await app.register(cookie);
  await app.register(websocket, {
    options: { maxPayload: maxSocketMessageBytes },
    preClose: (done) => endSockets(app.websocketServer.clients, done),
  });
  await app.register(swagger, { openapi: { info: apiInfo } });
  addGuard(app, options);
  await app.register(options.routes);
  await app.register(fastifyStatic, {
    root: webFolder,
    setHeaders: (reply, path) => {
      // Names of assets hold a hash of what is in them.
      if (path.includes('/assets/'))
        reply.header('cache-control', `public, max-age=${assetAgeMs / 1000}, immutable`);
      else reply.header('cache-control', 'no-cache');
    },
  });
  app.setNotFoundHandler(async (request, reply) => {
    if (!isPage(request))
      throw new Problem(
        404,
        'Not found',
        `${request.method} ${pathOf(request)}: see /openapi.json for what there is`,
      );
    return reply.header('cache-control', 'no-cache').sendFile('index.html');
  });
  return app;
}

/** A browser that does not answer the farewell may not hold up the end. */
function endSockets(sockets: Iterable<WebSocket>, done: () => void): void {
  const open = [...sockets];
  for (const socket of open) socket.close(goingAway, 'the console stops');
  setTimeout(() => {
    for (const socket of open) socket.terminate();
    done();
  }, farewellMs);
}

const apiInfo = {
  title: 'Framegate console',
  version: '1',
  description: 'What cameras see, how the latency promise stands, and what is wanted of each camera.',
};

/** A page of the web UI: its paths are known in the browser only. */
function isPage(request: FastifyRequest): boolean {
  const path = pathOf(request);
  const isOurs = !path.startsWith('/v1/') && !path.startsWith('/assets/') && !path.includes('.');
  return request.method === 'GET' && isOurs && (request.headers.accept ?? '').includes('text/html');
}

/** Without what stands behind the question mark, which may hold a code. */
function pathOf(request: FastifyRequest): string {
  return request.url.replace(/\?.*/s, '').slice(0, 200);
}

async function answerError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  logger: Logger,
): Promise<void> {
  const problem = problemOf(error);
  if (!problem) logger.error({ err: error, path: pathOf(request) }, 'a request failed');
  await sendProblem(
    reply,
    problem ?? new Problem(500, 'Internal error', 'the console could not do this: its log says why'),
  );
}
