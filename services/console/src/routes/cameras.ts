import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { CameraIntent } from '@framegate/contracts';
import { nameSchema } from '@framegate/contracts';
import { cameraSettings } from '@framegate/site-file';
import type { ConsoleParts } from '../console-parts.ts';
import type { CameraDetails, Sighting } from '../protocol/camera.ts';
import { defineRoute } from '../server/define-route.ts';
import { Problem } from '../server/problem.ts';
import { intentChangeSchema, saveIntent } from './save-intent.ts';

const cameraParams = z.object({ site: nameSchema, camera: nameSchema });

/** Cameras: how they stand, what they saw, and what is wanted of them. */
export function cameraRoutes(app: FastifyInstance, parts: ConsoleParts): void {
  const { live, directory, sightings, promiseOf, logger } = parts;
  const known = (cameraId: string): CameraIntent => {
    const intent = directory.intents.get(cameraId);
    if (!intent) throw new Problem(404, 'No such camera', `${cameraId}: see /v1/cameras for those there are`);
    return intent;
  };
  const ofCameras = { tag: 'cameras', role: 'viewer' } as const;
  defineRoute(app, {
    ...ofCameras,
    method: 'GET',
    url: '/v1/cameras',
    summary: 'How all cameras stand',
    handler: () => ({ cameras: live.cameras() }),
  });
  defineRoute(app, {
    ...ofCameras,
    method: 'GET',
    url: '/v1/cameras/:site/:camera',
    summary: 'What is wanted of a camera, and what it gets',
    params: cameraParams,
    handler: ({ params }): CameraDetails => ({
      intent: known(idOf(params)),
      config: directory.configs.get(idOf(params)) ?? null,
      declaredObjectiveMs: promiseOf(idOf(params)).objectiveMs ?? null,
      knownClasses: cameraSettings.classes.element.options,
    }),
  });
  defineRoute(app, {
    ...ofCameras,
    method: 'GET',
    url: '/v1/cameras/:site/:camera/sightings',
    summary: 'What was in view lately, newest first',
    params: cameraParams,
    handler: ({ params }): { sightings: readonly Sighting[] } => {
      known(idOf(params));
      return { sightings: sightings.of(idOf(params)) };
    },
  });
  defineRoute(app, {
    ...ofCameras,
    role: 'operator',
    method: 'PATCH',
    url: '/v1/cameras/:site/:camera',
    summary: 'Change what is wanted of a camera; it obeys without a restart',
    params: cameraParams,
    body: intentChangeSchema,
    handler: async ({ params, body, who }) => {
      const intent = await saveIntent(parts, idOf(params), body);
      logger.info(
        { cameraId: intent.cameraId, revision: intent.revision, by: who.name },
        'an intent was saved',
      );
      return { intent };
    },
  });
}

function idOf({ site, camera }: z.output<typeof cameraParams>): string {
  return `${site}/${camera}`;
}
