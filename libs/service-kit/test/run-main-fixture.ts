import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Program } from '../src/index.ts';
import { describeConfig, readConfig, runMain } from '../src/index.ts';

const behaviours = ['serve', 'finish', 'fail', 'fail with 7', 'hang on close', 'forget a rejection'] as const;
const schema = z.object({ behaviour: z.enum(behaviours), size: z.coerce.number().int().default(1) });

/** A program that behaves as the test asks it to. */
await runMain(
  ({ env, logger }) => {
    const { behaviour } = readConfig(schema, env);
    if (behaviour === 'fail') throw new Error('cannot open rtsp://u:hunter2@cam');
    if (behaviour === 'fail with 7') throw Object.assign(new Error('no camera answers'), { exitCode: 7 });
    if (behaviour === 'forget a rejection') void Promise.reject(new Error('forgotten'));
    const alive = setInterval(() => {}, 60_000);
    logger.info('started');
    const program: Program = {
      close: async () => {
        if (behaviour === 'hang on close') await delay(60_000);
        clearInterval(alive);
        logger.info('drained');
      },
    };
    return Promise.resolve(behaviour === 'finish' ? { ...program, finished: Promise.resolve(3) } : program);
  },
  { name: 'fixture', help: describeConfig(schema), closeWithinMs: 300 },
);
