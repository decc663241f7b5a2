import type { Topic } from '../src/topics.ts';
import {
  backfillTopic,
  cloudTopics,
  framesTopic,
  siteClockTopic,
  siteTelemetryTopic,
  siteTopics,
  topicNames,
} from '../src/topics.ts';

/** What stands for a site in the address of a topic that each site has. */
const anySite = '{site}';
/** The services' default: `--partitions`. */
const defaultPartitions = 4;

interface DocumentedTopic {
  /** Name of the channel in the document. */
  readonly channel: string;
  readonly summary: string;
  readonly description: string;
  /** Keys of the document's messages. */
  readonly messages: readonly string[];
}

const prose: Readonly<Record<string, DocumentedTopic>> = {
  [framesTopic(anySite)]: {
    channel: 'frames',
    summary: 'Frames that passed the motion gate of a site',
    description:
      'Written by the site, read by inference. A camera keeps its partition for an epoch, so its frames stay in order. A reader quarantines a frame whose camera is not of the topic’s site: an access list of the broker sees the topic and never the key.',
    messages: ['frame'],
  },
  [backfillTopic(anySite)]: {
    channel: 'backfill',
    summary: 'Frames that a site had to keep on its disk while the bus was away',
    description:
      'Written by the site, read by inference: frames whose kind is `backfill`, at a bounded rate and only while live frames are not behind. They have no deadline and take spare capacity. A frame may come again after a crash of the site, with the same id.',
    messages: ['frame'],
  },
  [siteTelemetryTopic(anySite)]: {
    channel: 'siteTelemetry',
    summary: 'What the edge of a site counts',
    description: 'Written by the site.',
    messages: ['edgeTelemetry'],
  },
  [siteClockTopic(anySite)]: {
    channel: 'siteClock',
    summary: 'A site asks for the time',
    description: 'Written by the site, answered by the controller.',
    messages: ['clockRequest'],
  },
  [topicNames.clock]: {
    channel: 'clock',
    summary: 'What time it is in the cloud',
    description: 'Written by the controller that leads; read by sites.',
    messages: ['clockReply'],
  },
  [topicNames.detections]: {
    channel: 'detections',
    summary: 'What was found',
    description: 'Written by inference. The topic to subscribe to.',
    messages: ['detection'],
  },
  [topicNames.outcomes]: {
    channel: 'outcomes',
    summary: 'The fate of every frame',
    description:
      'Written by inference (outcomes) and by sites (edge fates). From these and the frames, detections and quarantine topics an auditor rebuilds the frame ledger.',
    messages: ['outcome', 'edgeFates'],
  },
  [topicNames.cameraIntent]: {
    channel: 'cameraIntent',
    summary: 'What operators want of their cameras',
    description: 'Seeded by a site from its site file; read by the controller, sites and inference.',
    messages: ['cameraIntent'],
  },
  [topicNames.cameraConfig]: {
    channel: 'cameraConfig',
    summary: 'What cameras obey',
    description: 'One writer, the controller; read by sites and inference.',
    messages: ['cameraConfig'],
  },
  [topicNames.inferenceConfig]: {
    channel: 'inferenceConfig',
    summary: 'What the inference obeys',
    description: 'One writer, the controller; read by every instance of the inference.',
    messages: ['inferenceConfig'],
  },
  [topicNames.decisions]: {
    channel: 'decisions',
    summary: 'What the controller changed, and why',
    description:
      'Written by the controller that leads: its own decisions, its advice, and what operators did.',
    messages: ['decision'],
  },
  [topicNames.sites]: {
    channel: 'sites',
    summary: 'Which sites and cameras there are',
    description: 'Written by each site.',
    messages: ['site'],
  },
  [topicNames.telemetry]: {
    channel: 'telemetry',
    summary: 'What the cloud’s services count',
    description: 'Written by inference.',
    messages: ['inferenceTelemetry'],
  },
  [topicNames.quarantine]: {
    channel: 'quarantine',
    summary: 'Messages that were refused',
    description: 'Written by inference, read by people.',
    messages: ['quarantined'],
  },
};

/** Every topic of the code with its prose. @throws Error when one has none */
export function documentedTopics(): (DocumentedTopic & { topic: Topic; perSite: boolean })[] {
  const perSite = siteTopics(anySite, defaultPartitions);
  return [...perSite, ...cloudTopics(defaultPartitions)].map((topic) => {
    const described = prose[topic.name];
    if (!described) throw new Error(`${topic.name} is not described in ${import.meta.filename}`);
    return { ...described, topic, perSite: perSite.includes(topic) };
  });
}
