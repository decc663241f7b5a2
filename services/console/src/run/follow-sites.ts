import { siteAnnouncementEvent, topicNames } from '@framegate/contracts';
import type { MessageBus } from '@framegate/message-bus';
import type { SiteClock } from '../protocol/live.ts';

export interface FollowedSites {
  /** In the order of their names. */
  list(): SiteClock[];
  close(): Promise<void>;
}

/** Which sites there are and what time they keep, as their compacted topic tells it. */
export async function followSites(
  bus: MessageBus,
  onRefused: (topic: string, error: unknown) => void,
): Promise<FollowedSites> {
  const sites = new Map<string, SiteClock>();
  const subscription = await bus.subscribe({
    topics: [topicNames.sites],
    group: null,
    from: 'earliest',
    handler: async (delivery) => {
      try {
        const { site, timezone } = siteAnnouncementEvent.decode(delivery);
        sites.set(site, { site, timezone });
      } catch (error) {
        onRefused(delivery.topic, error);
      }
    },
  });
  return {
    list: () => [...sites.values()].toSorted((a, b) => a.site.localeCompare(b.site)),
    close: () => subscription.close(),
  };
}
