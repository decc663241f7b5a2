import { hostname } from 'node:os';
import { logLevels } from '@framegate/service-kit';
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);

/** The console's configuration; each field is the variable `FRAMEGATE_…` and the flag `--…` of its name. */
export const configSchema = z.object({
  consoleHost: z
    .string()
    .default('127.0.0.1')
    .describe('Address of the pages and their API; others than this machine need people to sign in'),
  consolePort: port.default(8480).describe('Its port; 0 takes a free one'),
  partitions: z.coerce
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(4)
    .describe('Partitions of topics that are new'),
  target: z.coerce
    .number()
    .gt(0)
    .lt(1)
    .default(0.95)
    .describe('Share of due frames that must be on time, where no SLO file says it of a camera'),
  sloFile: z
    .string()
    .optional()
    .describe('Objectives (slo.yaml), as the controller reads them; read again when it changes'),
  redisUrl: z
    .url({ protocol: /^rediss?$/, error: 'expected redis://… or rediss://…' })
    .optional()
    .describe(
      'Redis through which several consoles agree who saves and who keeps the history; without it run only one',
    ),
  history: z
    .string()
    .default('.framegate/history.db')
    .describe('Where events are kept: a file (SQLite), or postgres://… for several consoles'),
  historyDays: z.coerce.number().min(0.01).max(3650).default(30).describe('How long events are kept'),
  thumbnailDays: z.coerce
    .number()
    .min(0.01)
    .max(3650)
    .default(7)
    .describe('How long their pictures are kept'),
  historyMaxMb: z.coerce
    .number()
    .min(10)
    .max(10_000_000)
    .default(4096)
    .describe('Above it the oldest pictures go, then the oldest events'),
  channelsFile: z
    .string()
    .optional()
    .describe('JSON file of webhooks, MQTT brokers and e-mail servers through which people are told'),
  publicOrigin: z
    .url({ protocol: /^https?$/, error: 'expected https://host' })
    .optional()
    .describe('How browsers reach the pages through a proxy, such as https://console.example.org'),
  consoleTokens: z
    .string()
    .optional()
    .describe(
      'Who may come in with a token, a line each as "framegate token" prints it; best from a file, with _FILE',
    ),
  sessionKey: z
    .string()
    .min(32)
    .optional()
    .describe(
      'Secret that several consoles share, at least 32 characters; without it a restart signs everybody out',
    ),
  oidcIssuer: z.url().optional().describe('OpenID Connect: whose accounts people sign in with'),
  oidcClientId: z.string().optional().describe('As which client the console is known there'),
  oidcClientSecret: z.string().optional().describe('Its secret, where it has one'),
  oidcRoleClaim: z.string().default('roles').describe('Claim that lists what a person may'),
  oidcViewerRole: z.string().default('framegate-viewer').describe('What is in it for those who look'),
  oidcOperatorRole: z
    .string()
    .default('framegate-operator')
    .describe('What is in it for those who change things'),
  trustProxy: z
    .stringbool()
    .default(false)
    .describe('Believe X-Forwarded-* headers: only behind a proxy that sets them'),
  httpHost: z.string().default('127.0.0.1').describe('Address of /healthz, /readyz and /metrics'),
  httpPort: port.default(9104).describe('Its port; 0 takes a free one'),
  instance: z.string().default(hostname()).describe('Name of this process in its broker connections'),
  logLevel: z.enum(logLevels).default('info').describe('Least severe line that is logged'),
});

export type ConsoleConfig = z.output<typeof configSchema>;
