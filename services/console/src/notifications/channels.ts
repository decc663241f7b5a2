import { readFileSync } from 'node:fs';
import type { Channel } from '@framegate/notification';
import { createEmail, createMqtt, createWebhook } from '@framegate/notification';
import { ConfigError } from '@framegate/service-kit';
import { z } from 'zod';

const name = z.string().regex(/^[a-z0-9-]{1,40}$/, 'expected lower-case letters, digits and hyphens');
const webUrl = z.url({ protocol: /^https?$/, error: 'expected https://… or http://…' });

const channelSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('webhook'), name, url: webUrl, secret: z.string().min(16) }),
  z.strictObject({
    kind: z.literal('mqtt'),
    name,
    url: z.url({ protocol: /^mqtts?$/, error: 'expected mqtt://… or mqtts://…' }),
    username: z.string().optional(),
    password: z.string().optional(),
    prefix: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/, 'expected lower-case letters, digits and hyphens')
      .default('framegate'),
  }),
  z.strictObject({
    kind: z.literal('email'),
    name,
    url: z.url({ protocol: /^smtps?$/, error: 'expected smtp://… or smtps://…' }),
    from: z.email(),
    to: z.array(z.email()).min(1).max(20),
  }),
]);
const channelsSchema = z.array(channelSchema).max(50);
export type ChannelSettings = z.output<typeof channelSchema>;

/**
 * Channels hold secrets and lead into other networks, so they come from a file of the service, whose rights are its
 * owner's, and never from a page or the API.
 * @throws ConfigError with every mistake, and no value of it
 */
export function readChannels(path: string): ChannelSettings[] {
  const parsed = channelsSchema.safeParse(parseFile(path));
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues.map((issue) => `${path}: ${issue.path.join('.') || 'the file'}: ${issue.message}`),
    );
  }
  const names = parsed.data.map((channel) => channel.name);
  const doubled = names.find((known, i) => names.indexOf(known) !== i);
  if (doubled !== undefined)
    throw new ConfigError([`${path}: two channels are called ${doubled}: give each a name of its own`]);
  return parsed.data;
}

export function openChannels(
  settings: readonly ChannelSettings[],
  onError: (channel: string, error: Error) => void,
): Channel[] {
  return settings.map((channel) => {
    switch (channel.kind) {
      case 'webhook':
        return createWebhook({ ...channel, nowMs: () => Date.now() });
      case 'mqtt':
        return createMqtt({ ...channel, onError: (error) => onError(channel.name, error) });
      case 'email':
        return createEmail(channel);
    }
  });
}

function parseFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    // What a parser says may quote a secret.
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'it is no JSON';
    throw new ConfigError([`${path} can't be read (${reason}): name a JSON file of notification channels`]);
  }
}
