import { siteTopics, topicNames } from '@framegate/contracts';
import type { AccessRule } from '@framegate/message-bus-kafka';

const writesToAll = [topicNames.cameraIntent, topicNames.sites, topicNames.outcomes];
const reads = [topicNames.cameraIntent, topicNames.cameraConfig, topicNames.clock];

/**
 * What the user of a site, who has its name, may do: write to its own topics and tell about its cameras, read what it
 * is told. The broker sees user and topic; readers refuse what speaks of another site.
 */
export function siteAccess(site: string): AccessRule[] {
  const own = siteTopics(site, 1).map(({ name }) => name);
  return [
    ...[...own, ...writesToAll].map((topic) => rule(site, topic, ['write', 'describe', 'describeConfigs'])),
    ...reads.map((topic) => rule(site, topic, ['read', 'describe', 'describeConfigs'])),
    // Readers of a site have groups of their own, which they delete when they end.
    { user: site, on: { groupsFrom: `motion-detection-${site}` }, operations: ['read', 'delete'] },
  ];
}

function rule(user: string, topic: string, operations: AccessRule['operations']): AccessRule {
  return { user, on: { topic }, operations };
}
