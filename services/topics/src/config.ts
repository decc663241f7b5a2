import { nameSchema } from '@framegate/contracts';
import { logLevels } from '@framegate/service-kit';
import { z } from 'zod';

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== ''),
);

/** Each field is the variable `FRAMEGATE_…` and the flag `--…` of its name. */
export const configSchema = z.object({
  partitions: z.coerce
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(4)
    .describe('Partitions of topics that are shared out: no more replicas of the inference can work'),
  replicationFactor: z.coerce.number().int().min(1).max(15).default(1).describe('Of topics that are created'),
  sites: list
    .pipe(z.array(nameSchema))
    .default([])
    .describe('Names of the sites that will send, separated by commas: their topics are created, too'),
  access: z
    .stringbool()
    .default(false)
    .describe('Also lets the user of each site (its name) do what a site does, and no more'),
  check: z
    .stringbool()
    .default(false)
    .describe('Changes nothing: says what is missing, and whether the services of readyUrls are ready'),
  readyUrls: list
    .pipe(z.array(z.url()))
    .default([])
    .describe('With --check: addresses that must answer 200, separated by commas'),
  timeoutMs: z.coerce.number().int().min(1000).default(60_000).describe('Gives up after this, milliseconds'),
  logLevel: z.enum(logLevels).default('info').describe('Least severe line that is logged'),
});
