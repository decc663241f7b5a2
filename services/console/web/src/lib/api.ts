/** What the server answers where it can't do what was asked (RFC 9457). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly title: string;

  constructor(status: number, title: string, detail: string) {
    super(detail);
    this.status = status;
    this.title = title;
  }
}

/** Page and server come from one build, so what the server sends has the type that its routes have. */
export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const reply = await ask(path, signal ? { signal } : {});
  return reply.json();
}

export async function sendJson<T>(method: 'PATCH' | 'POST' | 'PUT', path: string, body: unknown): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  const reply = await ask(path, { method, headers, body: JSON.stringify(body) });
  return reply.json();
}

/** @throws ApiProblem with what the server says is wrong */
export async function ask(path: string, init: RequestInit): Promise<Response> {
  const reply = await fetch(path, { credentials: 'same-origin', ...init });
  if (reply.ok) return reply;
  throw await problemOf(reply);
}

async function problemOf(reply: Response): Promise<ApiProblem> {
  try {
    const { title, detail }: { title?: string; detail?: string } = await reply.json();
    return new ApiProblem(reply.status, title ?? reply.statusText, detail ?? '');
  } catch {
    return new ApiProblem(
      reply.status,
      reply.statusText || 'No answer',
      `the console answered ${reply.status}`,
    );
  }
}
