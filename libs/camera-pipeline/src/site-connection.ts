import type { CloudClock } from '@framegate/clock-sync';
import { followCloudClock } from '@framegate/clock-sync';
import type { SiteAnnouncement } from '@framegate/contracts';
import { siteAnnouncementEvent, topicNames } from '@framegate/contracts';
import type { Producer } from '@framegate/message-bus';
import { describeSource } from '@framegate/video-source';
import type { CameraOrders } from './camera-orders.ts';
import type { EdgeSiteOptions } from './edge-site-options.ts';

export interface SiteConnection {
  /** Undefined until the site may ask for the time. */
  clock(): CloudClock | undefined;
  /** Resolves when the site knows its orders and the bus knows the site; rejects when the bus refuses it. */
  readonly connected: Promise<void>;
}

/** What a site says and asks before it is one of those that the cloud knows; waits for a bus that is away. */
export function connectSite(
  options: Pick<EdgeSiteOptions, 'site' | 'timezone' | 'instance' | 'cameras' | 'bus' | 'prepare' | 'clock'>,
  orders: CameraOrders,
  producer: Producer,
): SiteConnection {
  const { site, timezone, bus } = options;
  const { nowUs } = options.clock;
  let clock: CloudClock | undefined;

  async function announce(): Promise<void> {
    const announcement: SiteAnnouncement = {
      site,
      timezone,
      cameras: options.cameras.map(({ source, intent }) => ({
        cameraId: intent.cameraId,
        source: describeSource(source),
      })),
      atUs: nowUs(),
    };
    await producer.send(topicNames.sites, siteAnnouncementEvent.encode(announcement));
  }

  async function connect(): Promise<void> {
    await options.prepare?.();
    await orders.follow(bus);
    await orders.seed(producer);
    await announce();
    clock = await followCloudClock(bus, { ...options, nowUs, producer });
    await clock.ask();
  }

  return { clock: () => clock, connected: connect() };
}
