import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Cluster } from './cluster.ts';

export interface Question {
  readonly method: 'GET' | 'PATCH';
  readonly path: string;
  /** A JSON merge patch (RFC 7396). */
  readonly patch?: unknown;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

const timeoutMs = 5000;
/** A scale is a few hundred bytes. */
const maxBodyBytes = 1024 * 1024;

/** One request to the API server. Not `fetch`, which takes no certificate of its own. Rejects when nobody answers. */
export function askServer(cluster: Cluster, { method, path, patch }: Question): Promise<Answer> {
  const { server, ca, clientCertificate, bearerToken } = cluster;
  const body = patch === undefined ? '' : JSON.stringify(patch);
  const headers = {
    accept: 'application/json',
    ...(patch !== undefined && {
      'content-type': 'application/merge-patch+json',
      'content-length': Buffer.byteLength(body),
    }),
    ...(bearerToken && { authorization: `Bearer ${bearerToken()}` }),
  };
  const secure = {
    ...(ca !== undefined && { ca }),
    ...(clientCertificate && { cert: clientCertificate.certificate, key: clientCertificate.key }),
  };
  const base = server.pathname.replace(/\/$/, '');
  const options = { method, headers, timeout: timeoutMs, path: `${base}${path}`, ...secure };
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const send = server.protocol === 'https:' ? httpsRequest : httpRequest;
  const asking = send(server, options, (response) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxBodyBytes) asking.destroy(new Error('the answer is too large'));
      else chunks.push(chunk);
    });
    response.on('end', () =>
      resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
    );
    response.on('error', reject);
  });
  asking.on('timeout', () => asking.destroy(new Error(`no answer within ${timeoutMs} ms`)));
  asking.on('error', reject);
  asking.end(body);
  return promise;
}
