import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Cluster } from './cluster.ts';

export interface Question {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** An object to create; of a PATCH a JSON merge patch (RFC 7396). */
  readonly body?: unknown;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

const timeoutMs = 5000;
/** A scale is a few hundred bytes, a pod some thousand. */
const maxBodyBytes = 16 * 1024 * 1024;

/** One request to the API server. Not `fetch`, which takes no certificate of its own. Rejects when nobody answers. */
export function askServer(cluster: Cluster, { method, path, body: value }: Question): Promise<Answer> {
  const { server, ca, clientCertificate, bearerToken } = cluster;
  const body = value === undefined ? '' : JSON.stringify(value);
  const headers = {
    accept: 'application/json',
    ...(value !== undefined && {
      'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
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
