import { timingSafeEqual } from 'node:crypto';
import swagger from '@fastify/swagger';
import { describeMistakes } from '@framegate/yaml-file';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Controller } from './app.ts';
import { controlStatus } from './control-status.ts';
import type { OperatorAct } from './operator.ts';
import { modeActSchema, pinActSchema, unpinActSchema } from './operator.ts';

export interface ApiOptions {
  /** Null while the service starts. */
  readonly controller: () => Controller | null;
  /** Asked of every request as `authorization: Bearer …`; undefined: of none. */
  readonly token: string | undefined;
}

const decisionsQuery = z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) });

/** What operators and programs ask of the controller. `/openapi.json` describes it. */
export function controlApi({ controller, token }: ApiOptions): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    await app.register(swagger, { openapi: describeApi(token !== undefined) });
    // Bodies are parsed by the schemas that their types come from.
    app.setValidatorCompiler(() => () => true);
    app.addHook('onRequest', async (request, reply) => {
      if (!request.url.startsWith('/v1/') || token === undefined) return;
      if (isBearer(request.headers.authorization, token)) return;
      await reply
        .code(401)
        .send({ error: 'expected the header "authorization: Bearer <token>" with this controller’s token' });
    });

    const snapshot = () => controller()?.snapshot() ?? null;
    const acting = <Body>(schema: z.ZodType<Body>, toAct: (body: Body) => OperatorAct) => {
      return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
        const body = schema.safeParse(request.body);
        if (!body.success) return reply.code(400).send(mistakes(body.error, request.body));
        const outcome = await controller()?.act(toAct(body.data));
        if (!outcome)
          return reply.code(503).send({ error: 'this controller does not lead: ask the one that does' });
        return 'refused' in outcome ? reply.code(404).send({ error: outcome.refused }) : outcome;
      };
    };

    app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
    app.get('/v1/status', { schema: about('Who leads, what is seen, and what is set') }, async () =>
      controlStatus(snapshot()),
    );
    app.get(
      '/v1/decisions',
      { schema: { ...about('The last decisions, newest first'), querystring: asJson(decisionsQuery) } },
      async (request, reply) => {
        const query = decisionsQuery.safeParse(request.query);
        if (!query.success) return reply.code(400).send(mistakes(query.error, request.query));
        return { decisions: (snapshot()?.decisions ?? []).slice(0, query.data.limit) };
      },
    );
    app.put(
      '/v1/mode',
      { schema: { ...about('Let the loops act, only advise, or pause'), body: asJson(modeActSchema) } },
      acting(modeActSchema, (body) => ({ kind: 'mode', ...body })),
    );
    app.put(
      '/v1/pins',
      { schema: { ...about('Hold a lever of cameras where it is put'), body: asJson(pinActSchema) } },
      acting(pinActSchema, (body) => ({ kind: 'pin', ...body })),
    );
    app.delete(
      '/v1/pins',
      { schema: { ...about('Give a pinned lever back to the loops'), body: asJson(unpinActSchema) } },
      acting(unpinActSchema, (body) => ({ kind: 'unpin', ...body })),
    );
  };
}

const about = (summary: string) => ({ summary, tags: ['control'] });
const asJson = (schema: z.ZodType): unknown => z.toJSONSchema(schema, { io: 'input', target: 'draft-7' });

function describeApi(isSecured: boolean) {
  const info = {
    title: 'Framegate controller',
    version: '1',
    description: 'What the control loops see and decide, and what people tell them.',
  };
  if (!isSecured) return { info };
  const token = { type: 'http', scheme: 'bearer' } as const;
  return { info, components: { securitySchemes: { token } }, security: [{ token: [] }] };
}

/** All that is wrong with what was sent. */
function mistakes(error: z.ZodError, sent: unknown): { error: string } {
  const each = describeMistakes(error, sent).map(({ at, message }) => `${at || 'body'}: ${message}`);
  return { error: each.join('; ') };
}

/** In a time that says nothing about how much of it was right. */
function isBearer(header: string | undefined, token: string): boolean {
  const [given, expected] = [Buffer.from(header ?? ''), Buffer.from(`Bearer ${token}`)];
  return given.length === expected.length && timingSafeEqual(given, expected);
}
