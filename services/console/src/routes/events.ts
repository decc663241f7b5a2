import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { cameraIdSchema } from '@framegate/contracts';
import type { ConsoleParts } from '../console-parts.ts';
import { exportCsv, exportJson } from '../events/export-events.ts';
import { fromHistory } from '../events/store-problem.ts';
import { defineRoute } from '../server/define-route.ts';
import { Problem } from '../server/problem.ts';

const timeUs = z.coerce.number().int().nonnegative();
/** One or many: `?camera=a&camera=b`. */
const some = <T extends z.ZodType>(one: T) =>
  z
    .union([one, z.array(one).max(500)])
    .transform((value): z.output<T>[] => (Array.isArray(value) ? value : [value]))
    .optional();
const name = z.string().min(1).max(100);

const filters = {
  camera: some(cameraIdSchema).describe('Only of these cameras: <site>/<camera>'),
  class: some(name).describe('Only of these classes'),
  zone: some(name).describe('Only those who were in one of these zones'),
  fromUs: timeUs.optional().describe('Seen at or behind this time, µs since the Unix epoch'),
  untilUs: timeUs.optional().describe('Seen before this time'),
  minScore: z.coerce.number().min(0).max(1).optional().describe('Best score at least'),
};
const searchQuery = z.object({
  ...filters,
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional().describe('"next" of the page before'),
});
const exportQuery = z.object({ ...filters, format: z.enum(['json', 'csv']).default('json') });
const eraseBody = z.object({
  cameras: z.array(cameraIdSchema).min(1).max(500),
  fromUs: z.number().int().nonnegative(),
  untilUs: z.number().int().nonnegative(),
});
const idParams = z.object({ id: z.string().min(1).max(200) });

type Filters = Omit<z.output<typeof exportQuery>, 'format'>;

/** Who was seen, when and where: searched, exported and erased. */
export function eventRoutes(app: FastifyInstance, { events, sites, nowUs }: ConsoleParts): void {
  const { store, audit } = events;
  const timezoneOf = (site: string): string =>
    sites.list().find((known) => known.site === site)?.timezone ?? 'UTC';

  defineRoute(app, {
    method: 'GET',
    url: '/v1/events',
    summary: 'Persons and vehicles that were seen, newest first',
    tag: 'events',
    role: 'viewer',
    query: searchQuery,
    async handler({ query: { limit, cursor, ...query }, who }) {
      audit.viewed(who, describe(query));
      return fromHistory(store.findAppearances({ ...queryOf(query), limit, cursor }));
    },
  });
  defineRoute(app, {
    method: 'GET',
    url: '/v1/events/export',
    summary: 'All events that fit, as JSON or CSV',
    tag: 'events',
    role: 'viewer',
    query: exportQuery,
    perMinute: 20,
    async handler({ query: { format, ...query }, who, reply }) {
      await fromHistory(audit.tell(who, 'events.exported', `${describe(query)} as ${format}`));
      const options = { store, query: queryOf(query), timezoneOf };
      const stream = Readable.from(format === 'csv' ? exportCsv(options) : exportJson(options));
      const day = new Date(nowUs() / 1000).toISOString().slice(0, 10);
      return reply
        .type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8')
        .header('content-disposition', `attachment; filename="events-${day}.${format}"`)
        .send(stream);
    },
  });
  defineRoute(app, {
    method: 'POST',
    url: '/v1/events/erase',
    summary: 'Erase events and pictures of cameras in a range of time, for good',
    tag: 'events',
    role: 'operator',
    body: eraseBody,
    perMinute: 20,
    async handler({ body, who }) {
      const untilUs = Math.min(body.untilUs, nowUs());
      if (body.fromUs >= untilUs)
        throw new Problem(
          400,
          'Not understood',
          'body.untilUs: expected behind body.fromUs, which is in the past',
        );
      const subject = describe({ camera: body.cameras, fromUs: body.fromUs, untilUs });
      await fromHistory(audit.tell(who, 'events.erased', subject));
      const range = { cameraIds: body.cameras, fromUs: body.fromUs, untilUs };
      return { erased: await fromHistory(store.erase(range)) };
    },
  });
  defineRoute(app, {
    method: 'GET',
    url: '/v1/events/:id',
    summary: 'One event',
    tag: 'events',
    role: 'viewer',
    params: idParams,
    async handler({ params }) {
      const found = await fromHistory(store.appearance(params.id));
      if (!found)
        throw new Problem(404, 'No such event', `${params.id}: erased, past its retention, or never there`);
      return found;
    },
  });
  defineRoute(app, {
    method: 'GET',
    url: '/v1/events/:id/thumbnail',
    summary: 'Its picture, a JPEG of at most 20 KB',
    tag: 'events',
    role: 'viewer',
    params: idParams,
    async handler({ params, reply }) {
      const jpeg = await fromHistory(store.thumbnail(params.id));
      if (!jpeg)
        throw new Problem(404, 'No picture', `${params.id}: none was made, or it is past its retention`);
      return reply.type('image/jpeg').send(Buffer.from(jpeg));
    },
  });
}

function queryOf({ camera, class: classNames, zone, fromUs, untilUs, minScore }: Filters) {
  return { cameraIds: camera, classNames, zones: zone, fromUs, untilUs, minScore };
}

/** For the audit log. */
function describe({ camera, class: classNames, zone, fromUs, untilUs, minScore }: Partial<Filters>): string {
  const time = (us: number): string => new Date(us / 1000).toISOString();
  const parts = [
    camera ? camera.join(', ') : 'all cameras',
    classNames?.join(', '),
    zone && `in ${zone.join(', ')}`,
    fromUs !== undefined && `from ${time(fromUs)}`,
    untilUs !== undefined && `until ${time(untilUs)}`,
    minScore !== undefined && `score from ${minScore}`,
  ];
  return parts.filter(Boolean).join(' ');
}
