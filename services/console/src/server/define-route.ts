import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { z } from 'zod';
import type { Identity, Role } from '../access/access.ts';
import { Problem } from './problem.ts';

type Schema = z.ZodType | undefined;
type Parsed<S extends Schema> = S extends z.ZodType ? z.output<S> : undefined;

interface RouteInput<Params extends Schema, Query extends Schema, Body extends Schema> {
  readonly params: Parsed<Params>;
  readonly query: Parsed<Query>;
  readonly body: Parsed<Body>;
  readonly who: Identity;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

interface RouteOptions<Params extends Schema, Query extends Schema, Body extends Schema> {
  readonly method: HTTPMethods;
  /** As fastify has it: `/v1/cameras/:site/:camera`. */
  readonly url: string;
  readonly summary: string;
  /** Heading under which the API's page lists it. */
  readonly tag: string;
  /** Who may; `anyone` also without signing in. */
  readonly role: Role | 'anyone';
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** Of each caller, below what all of the API allows. */
  readonly perMinute?: number;
  readonly handler: (input: RouteInput<Params, Query, Body>) => unknown;
}

/**
 * One operation of the API: who may, what it takes, and how `/openapi.json` describes it, from the same schemas.
 * Input that does not fit is answered with all that is wrong with it (400).
 */
export function defineRoute<
  Params extends Schema = undefined,
  Query extends Schema = undefined,
  Body extends Schema = undefined,
>(app: FastifyInstance, options: RouteOptions<Params, Query, Body>): void {
  const { method, url, summary, tag, role, params, query, body, perMinute } = options;
  app.route({
    method,
    url,
    schema: {
      summary,
      tags: [tag],
      ...(params && { params: asJson(params) }),
      ...(query && { querystring: asJson(query) }),
      ...(body && { body: asJson(body) }),
    },
    config: { role, ...(perMinute && { rateLimit: { max: perMinute, timeWindow: 60_000 } }) },
    handler: async (request, reply) =>
      options.handler({
        params: parse(params, request.params, 'path'),
        query: parse(query, request.query, 'query'),
        body: parse(body, request.body, 'body'),
        who: request.who,
        request,
        reply,
      }),
  });
}

const asJson = (schema: z.ZodType): unknown => z.toJSONSchema(schema, { io: 'input', target: 'draft-7' });

function parse<S extends Schema>(schema: S | undefined, value: unknown, place: string): Parsed<S>;
function parse(schema: Schema, value: unknown, place: string): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  // Without the value: a body may hold a token.
  const mistakes = parsed.error.issues.map(({ path, message }) => ({
    at: [place, ...path].join('.'),
    message,
  }));
  const detail = mistakes.map(({ at, message }) => `${at}: ${message}`).join('; ');
  throw new Problem(400, 'Not understood', detail, { mistakes });
}
