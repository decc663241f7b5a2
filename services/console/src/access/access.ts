import type { FastifyRequest } from 'fastify';
import type { Oidc } from './oidc.ts';
import type { Sessions } from './sessions.ts';

/** A viewer looks; an operator changes things, too. */
export const roles = ['viewer', 'operator'] as const;
export type Role = (typeof roles)[number];

export interface Identity {
  /** For the audit log. */
  readonly name: string;
  readonly role: Role;
}

/** Who asks, and what they may. */
export interface Access {
  /** Undefined where it is nobody that is known. */
  identify(request: FastifyRequest): Promise<Identity | undefined>;
  /** How people sign in with a browser; undefined where nobody has to. */
  readonly signIn:
    | undefined
    | {
        readonly sessions: Sessions;
        /** Undefined for a token that is none. */
        identityOf(token: string): Identity | undefined;
        readonly oidc: Oidc | undefined;
      };
}

export function mayAct(identity: Identity, role: Role): boolean {
  return role === 'viewer' || identity.role === 'operator';
}

/** Everybody who reaches the server may do everything: for a server that only this machine reaches. */
export function openAccess(): Access {
  const local: Identity = { name: 'local', role: 'operator' };
  return { identify: async () => local, signIn: undefined };
}
