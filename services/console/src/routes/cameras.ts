import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { nameSchema } from '@framegate/contracts';
import type { ConsoleParts } from '../console-parts.ts';
import { defineRoute } from '../server/define-route.ts';
import { Problem } from '../server/problem.ts';

const cameraParams = z.object({ site: nameSchema, camera: nameSchema });

/** Cameras: how they stand, and what is wanted of them. */
export function cameraRoutes(app: FastifyInstance, { live, directory }: ConsoleParts): void {
  defineRoute(app, {
    method: 'GET',
    url: '/v1/cameras',
    summary: 'How all cameras stand',
    tag: 'cameras',
    role: 'viewer',
    handler: () => ({ cameras: live.cameras() }),
  });
  defineRoute(app, {
    method: 'GET',
    url: '/v1/cameras/:site/:camera',
    summary: 'What is wanted of a camera, and what it gets',
    tag: 'cameras',
    role: 'viewer',
    params: cameraParams,
    handler: ({ params }) => {
      const cameraId = `${params.site}/${params.camera}`;
      const intent = directory.intents.get(cameraId);
      if (!intent)
        throw new Problem(404, 'No such camera', `${cameraId}: see /v1/cameras for those there are`);
      return { intent, config: directory.configs.get(cameraId) ?? null };
    },
  });
}
