import { randomBytes } from 'node:crypto';
import { answerChallenge, splitCredentials } from './http-auth.ts';
import { SourceError } from './source-error.ts';

/** Network errors by Node's code. */
const networkErrors: Readonly<Record<string, ['REFUSED' | 'UNREACHABLE' | 'DISCONNECTED', string]>> = {
  ECONNREFUSED: ['REFUSED', 'the connection was refused. Check the address and that the camera is on'],
  ENOTFOUND: ['UNREACHABLE', 'there is no host of that name'],
  EAI_AGAIN: ['UNREACHABLE', 'the host name could not be looked up'],
  EHOSTUNREACH: ['UNREACHABLE', 'the camera cannot be reached'],
  ENETUNREACH: ['UNREACHABLE', 'the network cannot be reached'],
  ECONNRESET: ['DISCONNECTED', 'the camera cut the connection'],
  UND_ERR_SOCKET: ['DISCONNECTED', 'the camera cut the connection'],
  UND_ERR_HEADERS_OVERFLOW: ['DISCONNECTED', 'the header of the answer is too long'],
};

/**
 * GET, with user and password from the URL when the camera asks for them (Basic or Digest).
 * @param name the source as people may read it
 * @throws {SourceError} unless the answer is 200; what `signal` was aborted with is passed on.
 */
export async function request(address: string, name: string, signal: AbortSignal): Promise<Response> {
  const { url, credentials } = splitCredentials(address);
  const first = await get(url, name, signal);
  if (first.status !== 401 || !credentials) return accept(first, name);
  await first.body?.cancel();
  const { pathname, search } = new URL(url);
  const asked = { method: 'GET', uri: pathname + search, cnonce: randomBytes(8).toString('hex') };
  const authorization = answerChallenge(first.headers.get('www-authenticate') ?? '', credentials, asked);
  return accept(authorization === null ? first : await get(url, name, signal, { authorization }), name);
}

async function get(
  url: string,
  name: string,
  signal: AbortSignal,
  headers: Record<string, string> = {},
): Promise<Response> {
  try {
    return await fetch(url, { signal, headers });
  } catch (error) {
    throw networkError(error, name, signal);
  }
}

async function accept(response: Response, name: string): Promise<Response> {
  if (response.status === 200) return response;
  await response.body?.cancel();
  const { status } = response;
  if (status === 401 || status === 403) {
    throw new SourceError(
      'UNAUTHORIZED',
      `${name}: the camera refused the user name or password (HTTP ${status}). Check them in the address.`,
    );
  }
  if (status === 404) {
    throw new SourceError(
      'NOT_FOUND',
      `${name}: the camera has nothing at this path (HTTP 404). Check the path in the address.`,
      { retryable: true },
    );
  }
  throw new SourceError('DISCONNECTED', `${name}: the camera answered with HTTP ${status}.`);
}

/** What went wrong below HTTP as one clear message. The cause is left out: it may quote the address. */
export function networkError(error: unknown, name: string, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (error instanceof SourceError) return error;
  const [code, reason] = networkErrors[codeOf(error)] ?? [
    'UNREACHABLE',
    'the camera cannot be read over HTTP',
  ];
  return new SourceError(code, `${name}: ${reason}.`);
}

/** The innermost `code` of an error and its causes. */
function codeOf(error: unknown): string {
  let code = '';
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') code = at.code;
  }
  return code;
}
