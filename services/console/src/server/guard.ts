import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Access, Identity, Role } from '../access/access.ts';
import { mayAct } from '../access/access.ts';
import { Problem } from './problem.ts';
import { isSameOrigin, namesLoopback } from './same-origin.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may; routes without it serve what the browser needs before anybody has signed in. */
    role?: Role | 'anyone';
  }
  interface FastifyRequest {
    readonly who: Identity;
  }
}

export interface GuardOptions {
  readonly access: Access;
  /** Only this machine reaches the server, and nobody has to sign in. */
  readonly loopbackOnly: boolean;
  readonly publicOrigins: readonly string[];
}

const nobody: Identity = { name: '', role: 'viewer' };
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Lets a request through to its route only where it comes from where it may, and from somebody who may. */
export function addGuard(app: FastifyInstance, { access, loopbackOnly, publicOrigins }: GuardOptions): void {
  const known = new WeakMap<FastifyRequest, Identity>();
  app.decorateRequest('who', {
    getter() {
      return known.get(this) ?? nobody;
    },
  });
  app.addHook('onRequest', async (request) => {
    if (loopbackOnly && !namesLoopback(request))
      throw new Problem(421, 'Wrong host', `this console answers at 127.0.0.1 and localhost only`);
    if ((!safeMethods.has(request.method) || isUpgrade(request)) && !isSameOrigin(request, publicOrigins))
      throw new Problem(403, 'Another origin', 'pages of other origins may not use this console');
    const { role } = request.routeOptions.config;
    if (role === undefined || role === 'anyone') return;
    const identity = await access.identify(request);
    if (!identity)
      throw new Problem(401, 'Not signed in', 'sign in, or send "authorization: Bearer <token>"');
    if (!mayAct(identity, role))
      throw new Problem(403, 'Not allowed', `${identity.name} is a ${identity.role}: this takes an operator`);
    known.set(request, identity);
  });
}

function isUpgrade({ headers }: FastifyRequest): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}
