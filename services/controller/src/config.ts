import { availableParallelism, hostname } from 'node:os';
import { scalingOwners } from '@framegate/control';
import { logLevels, traceRateField } from '@framegate/service-kit';
import { z } from 'zod';
import { modes } from './operator.ts';

/** The controller's configuration; each field is the variable `FRAMEGATE_…` and the flag `--…` of its name. */
export const configSchema = z.object({
  partitions: z.coerce
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(4)
    .describe('Partitions over which cameras are spread'),
  redisUrl: z
    .url({ protocol: /^rediss?$/, error: 'expected redis://… or rediss://…' })
    .optional()
    .describe('Redis through which several controllers agree on who leads; without it run only one'),
  httpHost: z
    .string()
    .default('127.0.0.1')
    .describe('Address of /healthz, /readyz, /metrics and the API; others than this machine need a token'),
  httpPort: z.coerce.number().int().min(0).max(65_535).default(9103).describe('Its port; 0 takes a free one'),
  apiToken: z
    .string()
    .min(16)
    .optional()
    .describe('What requests to /v1/… must bring as "authorization: Bearer …"; at least 16 characters'),
  cores: z.coerce
    .number()
    .int()
    .min(1)
    .max(1024)
    .default(availableParallelism())
    .describe('Cores that the inference may use, where no file declares its workers'),
  mode: z
    .enum(modes)
    .default('act')
    .describe('What the loops do at first: move levers, only advise, or nothing (for lossless runs)'),
  scalingOwner: z
    .enum(scalingOwners)
    .default('none')
    .describe('Who moves the replicas of the inference; other owners read the wanted number from /metrics'),
  scalingTarget: z
    .string()
    .optional()
    .describe('What the controller scales: deployment/NAME or statefulset/NAME'),
  scalingNamespace: z
    .string()
    .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'expected the name of a namespace')
    .optional()
    .describe("Its namespace; default that of the pod, or of the kubeconfig's context"),
  scalingKubeconfig: z
    .string()
    .optional()
    .describe('Kubeconfig for its API server; default the service account of the pod'),
  scalingMin: z.coerce.number().int().min(1).max(1000).default(1).describe('Fewest replicas'),
  scalingMax: z.coerce
    .number()
    .int()
    .min(1)
    .max(1000)
    .optional()
    .describe('Most replicas; not more than partitions, which is the default'),
  sloFile: z.string().optional().describe('Objectives and levers (slo.yaml); read again when it changes'),
  profileFiles: z
    .string()
    .optional()
    .describe(
      'What "framegate profile" measured: profile.json for all cameras, or north/*=yard.json,south/door=door.json',
    ),
  instance: z.string().default(hostname()).describe('Name of this process in its broker connections'),
  traceRate: traceRateField,
  logLevel: z.enum(logLevels).default('info').describe('Least severe line that is logged'),
});
