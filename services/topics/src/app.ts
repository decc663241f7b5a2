import type { Topic } from '@framegate/contracts';
import { cloudTopics, siteTopics } from '@framegate/contracts';
import type { MessageBus } from '@framegate/message-bus';
import type { KafkaAdministration } from '@framegate/message-bus-kafka';
import type { Logger } from '@framegate/service-kit';
import { siteAccess } from './site-access.ts';

interface Wanted {
  readonly partitions: number;
  readonly sites: readonly string[];
}

/** Puts the topics in order, and with `access` what the users of sites may do. */
export async function arrangeTopics(
  administration: KafkaAdministration,
  wanted: Wanted & { readonly access: boolean },
  logger: Pick<Logger, 'info'>,
): Promise<void> {
  const topics = wantedTopics(wanted);
  for (const change of await administration.arrange(topics)) logger.info(change);
  if (wanted.access) await administration.allow(wanted.sites.flatMap(siteAccess));
  if (wanted.access) logger.info({ sites: wanted.sites }, 'the users of these sites have their access');
  logger.info(`${topics.length} topics are as they should be`);
}

/** Looks and changes nothing. @returns what is wrong, one line each */
export async function checkInstallation(
  bus: Pick<MessageBus, 'topics'>,
  { readyUrls, ...wanted }: Wanted & { readonly readyUrls: readonly string[] },
): Promise<string[]> {
  const present = new Set(await bus.topics());
  const missing = wantedTopics(wanted).filter(({ name }) => !present.has(name));
  const unready = await Promise.all(readyUrls.map(whyNotReady));
  return [...missing.map(({ name }) => `topic ${name} is missing`), ...unready.flat()];
}

function wantedTopics({ partitions, sites }: Wanted): Topic[] {
  return [...cloudTopics(partitions), ...sites.flatMap((site) => siteTopics(site, partitions))];
}

async function whyNotReady(url: string): Promise<string[]> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
    return response.ok ? [] : [`${url} answers ${response.status}: ${await response.text()}`];
  } catch (error) {
    const { cause, message } = error instanceof Error ? error : new Error(String(error));
    return [`${url} does not answer: ${cause instanceof Error ? cause.message : message}`];
  }
}
