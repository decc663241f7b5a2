import { siteOf } from './camera-id.ts';

/** What a topic needs from the broker. Sizes in bytes, times in milliseconds. */
export interface Topic {
  readonly name: string;
  readonly partitions: number;
  readonly compacted?: boolean;
  readonly retentionMs?: number;
  readonly maxMessageBytes?: number;
}

/** Largest JPEG that a frame message may carry, bytes. */
export const maxFrameBytes = 3 * 1024 * 1024;

const framesPrefix = 'framegate.frames.';
const backfillPrefix = 'framegate.backfill.';
const telemetryPrefix = 'framegate.telemetry.';
const clockPrefix = 'framegate.clock.';
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export const topicNames = {
  detections: 'framegate.detections',
  outcomes: 'framegate.outcomes',
  cameraIntent: 'framegate.camera-intent',
  cameraConfig: 'framegate.camera-config',
  inferenceConfig: 'framegate.inference-config',
  decisions: 'framegate.decisions',
  sites: 'framegate.sites',
  telemetry: 'framegate.telemetry',
  clock: 'framegate.clock',
  quarantine: 'framegate.quarantine',
} as const;

export const framesTopicPattern = /^framegate\.frames\.[a-z0-9-]+$/;
export const backfillTopicPattern = /^framegate\.backfill\.[a-z0-9-]+$/;
export const telemetryTopicPattern = /^framegate\.telemetry(\.[a-z0-9-]+)?$/;

export const clockTopicPattern = /^framegate\.clock\.[a-z0-9-]+$/;

export function framesTopic(site: string): string {
  return framesPrefix + site;
}

/** Where a site sends the frames that it had to keep back while the bus was away. */
export function backfillTopic(site: string): string {
  return backfillPrefix + site;
}

export function siteTelemetryTopic(site: string): string {
  return telemetryPrefix + site;
}

/** Where a site asks for the time. */
export function siteClockTopic(site: string): string {
  return clockPrefix + site;
}

/**
 * Whether a camera may appear on a topic of frames, live or backfill: a broker's access lists see the topic and never the key,
 * so the reader is who keeps a site to its own cameras.
 */
export function topicCarriesCamera(topic: string, cameraId: string): boolean {
  const site = siteOf(cameraId);
  return topic === framesTopic(site) || topic === backfillTopic(site);
}

/** The topics that the cloud creates. `partitions` bounds how many inference replicas can share the work. */
export function cloudTopics(partitions: number): Topic[] {
  return [
    { name: topicNames.detections, partitions, retentionMs: 24 * hourMs },
    { name: topicNames.outcomes, partitions, retentionMs: 24 * hourMs },
    { name: topicNames.cameraIntent, partitions: 1, compacted: true },
    { name: topicNames.cameraConfig, partitions: 1, compacted: true },
    { name: topicNames.inferenceConfig, partitions: 1, compacted: true },
    { name: topicNames.sites, partitions: 1, compacted: true },
    { name: topicNames.decisions, partitions: 1, retentionMs: 7 * 24 * hourMs },
    { name: topicNames.telemetry, partitions: 1, retentionMs: hourMs },
    { name: topicNames.clock, partitions: 1, retentionMs: minuteMs },
    {
      name: topicNames.quarantine,
      partitions: 1,
      retentionMs: 24 * hourMs,
      maxMessageBytes: 4 * 1024 * 1024,
    },
  ];
}

const edgeReadsOrWrites: ReadonlySet<string> = new Set([
  topicNames.cameraIntent,
  topicNames.cameraConfig,
  topicNames.sites,
  topicNames.outcomes,
  topicNames.clock,
]);

/** What a site needs to be there: it may not see, nor create, more than that. */
export function edgeTopics(site: string, partitions: number): Topic[] {
  const shared = cloudTopics(partitions).filter(({ name }) => edgeReadsOrWrites.has(name));
  return [...shared, ...siteTopics(site, partitions)];
}

/** The topics of one site. */
export function siteTopics(site: string, partitions: number): Topic[] {
  const ofFrames = { partitions, retentionMs: hourMs, maxMessageBytes: 4 * 1024 * 1024 };
  return [
    { name: framesTopic(site), ...ofFrames },
    { name: backfillTopic(site), ...ofFrames },
    { name: siteTelemetryTopic(site), partitions: 1, retentionMs: hourMs },
    { name: siteClockTopic(site), partitions: 1, retentionMs: minuteMs },
  ];
}
