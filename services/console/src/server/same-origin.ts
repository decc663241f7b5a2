import type { FastifyRequest } from 'fastify';

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether an address that is listened at can be reached from this machine only. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

/**
 * Whether the page that asks was served from here. A browser tells it on its own with `Origin`, and where it sends
 * none, `Sec-Fetch-Site` says `same-origin`; programs send neither.
 * @param publicOrigins as people reach the console through a proxy, such as `https://console.example.org`
 */
export function isSameOrigin(request: FastifyRequest, publicOrigins: readonly string[]): boolean {
  const { origin } = request.headers;
  if (origin !== undefined)
    return origin === `${request.protocol}://${request.host}` || publicOrigins.includes(origin);
  const site = request.headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}

/**
 * Whether the request names this machine as its host. Without access control this is what keeps out a page that
 * lets its own name resolve to 127.0.0.1 (DNS rebinding).
 */
export function namesLoopback(request: FastifyRequest): boolean {
  return loopbackNames.has(request.host.replace(/:\d+$/, ''));
}
