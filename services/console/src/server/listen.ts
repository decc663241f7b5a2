import { PortInUseError } from '@framegate/service-kit';
import type { FastifyInstance } from 'fastify';

/**
 * @param anyPort where the port is in use, a free one will do
 * @returns the URL at which the server answers
 * @throws PortInUseError
 */
export async function listen(
  app: FastifyInstance,
  {
    host,
    port,
    anyPort = false,
  }: { readonly host: string; readonly port: number; readonly anyPort?: boolean },
): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (isTaken && anyPort) return listen(app, { host, port: 0 });
    await app.close();
    throw isTaken ? new PortInUseError(host, port) : error;
  }
}
