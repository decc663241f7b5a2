import type { FastifyReply } from 'fastify';

/** A request that is answered with what is wrong, as RFC 9457 "Problem Details" has it. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly statusCode: number;
  readonly title: string;
  /** Further members of the answer. */
  readonly more: Readonly<Record<string, unknown>>;

  /** @param detail names the thing, what was expected, and what to do */
  constructor(
    statusCode: number,
    title: string,
    detail: string,
    more: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail);
    this.statusCode = statusCode;
    this.title = title;
    this.more = more;
  }
}

export async function sendProblem(reply: FastifyReply, problem: Problem): Promise<void> {
  const { statusCode: status, title, message: detail, more } = problem;
  await reply
    .code(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title, status, detail, ...more }));
}

/** What an error of a request is told as; undefined: it is ours and not the caller's. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (!(error instanceof Error && 'statusCode' in error)) return undefined;
  const { statusCode } = error;
  if (typeof statusCode !== 'number' || statusCode < 400 || statusCode >= 500) return undefined;
  return new Problem(statusCode, titles[statusCode] ?? 'Request refused', error.message);
}

const titles: Readonly<Record<number, string>> = {
  400: 'Not understood',
  413: 'Too large',
  415: 'Not JSON',
  429: 'Too many requests',
};
