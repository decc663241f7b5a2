import type { Cluster, Question } from '@framegate/scaling';
import { askServer } from '@framegate/scaling';
import { ConfigError } from '@framegate/service-kit';
import { z } from 'zod';

/** As much of the Kubernetes API as an experiment needs. All of it throws `KubeError`. */
export interface KubeApi {
  readonly host: string;
  /** @returns undefined where there is no such thing */
  get(path: string): Promise<unknown>;
  create(path: string, object: unknown): Promise<void>;
  /** Also where there is no such thing. */
  remove(path: string): Promise<void>;
}

/** What the API server did not do, and what to do about it. */
export class KubeError extends Error {
  override readonly name = 'KubeError';
  /** False: the request may have been carried out all the same. */
  readonly answered: boolean;
  constructor(message: string, answered = true) {
    super(message);
    this.answered = answered;
  }
}

/** `Status` of Kubernetes, as it comes with a refusal. */
const statusSchema = z.looseObject({ message: z.string().default('') });

export function createKubeApi(cluster: Cluster): KubeApi {
  const { host } = cluster.server;
  const ask = async (question: Question): Promise<unknown> => {
    const what = `${question.method} ${question.path}`;
    const { status, body } = await askServer(cluster, question).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new KubeError(`the API server at ${host} does not answer to ${what}: ${reason}`, false);
    });
    if (status === 404) return undefined;
    const answer = jsonOf(body);
    if (status >= 200 && status < 300) return answer;
    const told = statusSchema.safeParse(answer).data?.message || `status ${status}`;
    if (status === 401)
      throw new ConfigError([
        `the API server at ${host} does not know this user (${told}): check the context`,
      ]);
    if (status === 403)
      throw new KubeError(
        `the API server at ${host} forbids ${what}: ${told}. The user needs get, create and delete on chaos-mesh.org, list on pods and statefulsets, and get and patch on statefulsets/scale`,
      );
    throw new KubeError(`the API server at ${host} refuses ${what}: ${told}`);
  };
  return {
    host,
    get: (path) => ask({ method: 'GET', path }),
    async create(path, object) {
      const made = await ask({ method: 'POST', path, body: object });
      if (made === undefined) throw new KubeError(`the API server at ${host} knows no ${path}`);
    },
    async remove(path) {
      await ask({ method: 'DELETE', path });
    },
  };
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return {};
  }
}
