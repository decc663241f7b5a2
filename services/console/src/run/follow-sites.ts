import { isTombstone, siteAnnouncementEvent, topicNames } from '@framegate/contracts';
import type { MessageBus } from '@framegate/message-bus';
import type { SiteClock } from '../protocol/live.ts';

export interface FollowedSites {
  /** In the order of their names. */
  list(): SiteClock[];
  /** Ids of a site's cameras; undefined where the site has not said. */
  camerasOf(site: string): readonly string[] | undefined;
  close(): Promise<void>;
}

/** Which sites there are, what time they keep and which cameras they have, as their compacted topic tells it. */
export async function followSites(
  bus: MessageBus,
  onRefused: (topic: string, error: unknown) => void,
): Promise<FollowedSites> {
  const sites = new Map<string, SiteClock>();
  const cameras = new Map<string, readonly string[]>();
  const subscription = await bus.subscribe({
    topics: [topicNames.sites],
    group: null,
    from: 'earliest',
    handler: async (delivery) => {
      if (isTombstone(delivery)) {
        sites.delete(delivery.key);
        return void cameras.set(delivery.key, []);
      }
      try {
        const { site, timezone, cameras: ofSite } = siteAnnouncementEvent.decode(delivery);
        sites.set(site, { site, timezone });
        cameras.set(
          site,
          ofSite.map(({ cameraId }) => cameraId),
        );
      } catch (error) {
        onRefused(delivery.topic, error);
      }
    },
  });
  await subscription.caughtUp();
  return {
    camerasOf: (site) => cameras.get(site),
    list: () => [...sites.values()].toSorted((a, b) => a.site.localeCompare(b.site)),
    close: () => subscription.close(),
  };
}
