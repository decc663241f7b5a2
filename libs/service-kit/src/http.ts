import type { FastifyInstance } from 'fastify';
import fastify from 'fastify';
import type { Health } from './health.ts';
import type { Logger } from './logger.ts';
import type { MetricsRegistry } from './metrics.ts';
import { createMetrics, stageBucketsSeconds } from './metrics.ts';

/** The port that was asked for belongs to another program. */
export class PortInUseError extends Error {
  override readonly name = 'PortInUseError';
  readonly exitCode = 2;

  constructor(host: string, port: number) {
    super(
      `port ${port} on ${host} is in use: stop the program that holds it, or choose another port (0 takes a free one)`,
    );
  }
}

export interface RunningHttp {
  readonly url: string;
  readonly port: number;
  /** Answers what has been asked, then stops listening. */
  close(): Promise<void>;
}

/**
 * What an orchestrator asks of each service: `/healthz` (the process lives), `/readyz` (503 until each named check is
 * ready, with the reasons), `/metrics` (OpenMetrics, which
 * Prometheus reads).
 * @param port 0 takes a free one
 * @throws PortInUseError
 */
export async function startHttp(options: {
  readonly host: string;
  readonly port: number;
  readonly health: Pick<Health, 'report'>;
  readonly registry: MetricsRegistry;
  readonly logger: Logger;
  /** The service's own routes. */
  readonly routes?: (app: FastifyInstance) => Promise<void>;
}): Promise<RunningHttp> {
  const app = fastify({ logger: false, forceCloseConnections: 'idle' });
  countRequests(app, options.registry);
  addRoutes(app, options);
  if (options.routes) await app.register(options.routes);
  const url = await listen(app, options);
  options.logger.info({ url }, 'health and metrics are served');
  return { url, port: Number(new URL(url).port), close: async () => app.close() };
}

/** Rate, errors and duration of requests, by the route's pattern: what a client asks for is no label. */
export function countRequests(app: FastifyInstance, registry: MetricsRegistry): void {
  const seconds = createMetrics({ registry, processMetrics: false }).histogram(
    'http_request_seconds',
    'Time to answer a request',
    stageBucketsSeconds,
    ['method', 'route', 'status'],
  );
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    const labels = { method: request.method, route, status: String(reply.statusCode) };
    seconds.observe(labels, reply.elapsedTime / 1000);
  });
}

function addRoutes(
  app: FastifyInstance,
  { health, registry, logger }: Parameters<typeof startHttp>[0],
): void {
  app.get('/healthz', () => ({ live: true }));
  app.get('/readyz', async (_request, reply) => {
    const report = health.report();
    return reply.code(report.ready ? 200 : 503).send(report);
  });
  app.get('/metrics', async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
  app.setErrorHandler(async (error, request, reply) => {
    // What is wrong with the request itself, such as a body that is no JSON.
    if (isClientError(error)) return reply.code(error.statusCode).send({ error: error.message });
    logger.error({ err: error, path: request.url }, 'a request failed');
    return reply.code(500).send({ error: 'internal error, see the log' });
  });
}

function isClientError(error: unknown): error is Error & { statusCode: number } {
  if (!(error instanceof Error && 'statusCode' in error)) return false;
  return typeof error.statusCode === 'number' && error.statusCode >= 400 && error.statusCode < 500;
}

async function listen(app: FastifyInstance, { host, port }: { host: string; port: number }): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (error) {
    await app.close();
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
      throw new PortInUseError(host, port);
    throw error;
  }
}
