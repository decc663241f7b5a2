import { z } from 'zod';

const answerSchema = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('vector'),
    result: z.array(z.looseObject({ value: z.tuple([z.number(), z.string()]) })),
  }),
});
const timeoutMs = 10_000;

/** What Prometheus measured of a site while an experiment ran; null: it has no samples of that. */
export interface PrometheusView {
  readonly onTimeShare: number | null;
  readonly mostSpooled: number | null;
}

export async function viewOf(server: URL, site: string, seconds: number, at: Date): Promise<PrometheusView> {
  const range = `${Math.ceil(seconds)}s`;
  const of = (metric: string, more = ''): string =>
    `sum(increase(${metric}{site="${site}"${more}}[${range}]))`;
  const ratio = 'framegate_result_objective_ratio';
  const onTime = `${of(`${ratio}_bucket`, ',le="1"')} / ${of(`${ratio}_count`)}`;
  const spooled = `max_over_time(sum(framegate_edge_spool_frames{site="${site}"})[${range}:5s])`;
  const [onTimeShare, mostSpooled] = await Promise.all([ask(server, onTime, at), ask(server, spooled, at)]);
  return { onTimeShare, mostSpooled };
}

/** One number of an instant query. @throws Error that names the server */
async function ask(server: URL, query: string, at: Date): Promise<number | null> {
  const url = new URL(`${server.pathname.replace(/\/$/, '')}/api/v1/query`, server);
  url.search = new URLSearchParams({ query, time: at.toISOString() }).toString();
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) }).catch((error: unknown) => {
    throw new Error(`Prometheus at ${server.host} does not answer`, { cause: error });
  });
  const body: unknown = await response.json().catch(() => undefined);
  const answer = answerSchema.safeParse(body);
  if (!answer.success)
    throw new Error(`Prometheus at ${server.host} answered ${response.status} to ${query}, and no vector`);
  const value = Number(answer.data.data.result[0]?.value[1] ?? Number.NaN);
  return Number.isNaN(value) ? null : value;
}
