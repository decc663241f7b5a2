import { readFileSync } from 'node:fs';
import type { Channel } from '@framegate/notification';
import { createEmail, createMqtt, createWebhook } from '@framegate/notification';
import { ConfigError } from '@framegate/service-kit';
import { describeMistakes, describePlace, repeated } from '@framegate/yaml-file';
import { z } from 'zod';

const name = z
  .string()
  .regex(/^[a-z0-9-]{1,40}$/, 'expected up to 40 lower-case letters, digits and hyphens');
const webUrl = z.url({ protocol: /^https?$/, error: 'expected https://… or http://…' });
const address = z.email('expected an e-mail address');

const kinds = [
  z.strictObject({ kind: z.literal('webhook'), name, url: webUrl, secret: z.string().min(16) }),
  z.strictObject({
    kind: z.literal('mqtt'),
    name,
    url: z.url({ protocol: /^mqtts?$/, error: 'expected mqtt://… or mqtts://…' }),
    username: z.string().optional(),
    password: z.string().optional(),
    prefix: name.default('framegate'),
  }),
  z.strictObject({
    kind: z.literal('email'),
    name,
    url: z.url({ protocol: /^smtps?$/, error: 'expected smtp://… or smtps://…' }),
    from: address,
    to: z.array(address).min(1).max(20),
  }),
] as const;
const channelSchema = z.discriminatedUnion('kind', kinds, 'expected webhook, mqtt or email');
const channelsSchema = z.array(channelSchema).max(50);
export type ChannelSettings = z.output<typeof channelSchema>;

/**
 * Channels hold secrets and lead into other networks, so they come from a file of the service, whose rights are its
 * owner's, and never from a page or the API.
 * @throws ConfigError with every mistake, and no value of it
 */
export function readChannels(path: string): ChannelSettings[] {
  const written = parseFile(path);
  const parsed = channelsSchema.safeParse(written);
  const doubled = repeated(written, 'name', []);
  if (parsed.success && doubled.length === 0) return parsed.data;
  const mistakes = [...(parsed.error ? describeMistakes(parsed.error, written, true) : []), ...doubled];
  throw new ConfigError(
    mistakes.map((mistake) => `${path}: ${placeOf(mistake.path, written)}: ${mistake.message}`),
  );
}

function placeOf(path: readonly PropertyKey[], written: unknown): string {
  const lists = { channels: { what: 'channel', nameKey: 'name' } };
  return describePlace(['channels', ...path], { channels: written }, lists);
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
