import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Identity } from './access.ts';
import { roles } from './access.ts';

/** Who is signed in at a browser, in a cookie that no script reads and nobody can forge. */
export interface Sessions {
  begin(reply: FastifyReply, identity: Identity): Promise<void>;
  end(reply: FastifyReply): void;
  /** Undefined without a session, and for one that is forged or over. */
  read(request: FastifyRequest): Promise<Identity | undefined>;
  /** What a browser must bring back within minutes, such as the state of a sign-in. */
  keepShortly(reply: FastifyReply, value: Readonly<Record<string, string>>): Promise<void>;
  takeKept(
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<Readonly<Record<string, string>> | undefined>;
}

const cookieName = 'framegate_session';
const keptName = 'framegate_sign_in';
const sessionSeconds = 12 * 3600;
const keptSeconds = 600;
const [sessionAudience, keptAudience] = ['session', 'sign-in'];

const identitySchema = z.object({ name: z.string(), role: z.enum(roles) });
const keptSchema = z.object({ kept: z.record(z.string(), z.string()) });

/** @param secret that all replicas share; whoever knows it can sign in as anybody */
export function createSessions(secret: string): Sessions {
  const key = createHash('sha256').update(`framegate console ${secret}`).digest();
  const sign = (claims: Record<string, unknown>, audience: string, seconds: number): Promise<string> =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(`${seconds}s`)
      .sign(key);
  const verified = async (jwt: string | undefined, audience: string): Promise<unknown> => {
    if (jwt === undefined) return undefined;
    try {
      return (await jwtVerify(jwt, key, { algorithms: ['HS256'], audience })).payload;
    } catch {
      return undefined;
    }
  };
  const cookie = (reply: FastifyReply, maxAge: number) =>
    ({
      httpOnly: true,
      // A sign-in elsewhere leads back here by a link, which `strict` would leave without its cookie.
      sameSite: 'lax',
      path: '/',
      secure: reply.request.protocol === 'https',
      maxAge,
    }) as const;

  return {
    async begin(reply, { name, role }) {
      const jwt = await sign({ name, role }, sessionAudience, sessionSeconds);
      reply.setCookie(cookieName, jwt, cookie(reply, sessionSeconds));
    },
    end: (reply) => void reply.clearCookie(cookieName, cookie(reply, 0)),
    read: async (request) =>
      identitySchema.safeParse(await verified(request.cookies[cookieName], sessionAudience)).data,
    async keepShortly(reply, kept) {
      reply.setCookie(keptName, await sign({ kept }, keptAudience, keptSeconds), cookie(reply, keptSeconds));
    },
    async takeKept(request, reply) {
      reply.clearCookie(keptName, cookie(reply, 0));
      return keptSchema.safeParse(await verified(request.cookies[keptName], keptAudience)).data?.kept;
    },
  };
}
