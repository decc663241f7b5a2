import type { Detection } from '@framegate/contracts';
import {
  ContractError,
  detectionEvent,
  edgeTelemetryEvent,
  inferenceTelemetryEvent,
  outcomeEvent,
  siteTelemetryTopic,
  telemetryTopicPattern,
  topicNames,
} from '@framegate/contracts';
import type { ObservationWindow } from '@framegate/control';
import type { Delivery, MessageBus, Subscription } from '@framegate/message-bus';

/** Told of each detection that the window was given, with the context that came along. */
export type DetectionListener = (
  detection: Detection,
  traceparent: string | undefined,
  heardAtUs: number,
) => void;

interface FollowOptions {
  readonly nowUs: () => number;
  readonly onRefused: (topic: string, error: unknown) => void;
  readonly onDetection?: DetectionListener | undefined;
}

/** Feeds the window from the topics, from now on. A message that is none of theirs is passed over. */
export function followRun(
  bus: MessageBus,
  window: ObservationWindow,
  { nowUs, onRefused, onDetection }: FollowOptions,
): Promise<Subscription> {
  return bus.subscribe({
    topics: [telemetryTopicPattern, topicNames.detections, topicNames.outcomes],
    group: null,
    from: 'latest',
    concurrency: 256,
    handler: async (delivery) => {
      try {
        take(delivery, window, nowUs(), onDetection);
      } catch (error) {
        onRefused(delivery.topic, error);
      }
    },
  });
}

function take(
  delivery: Delivery,
  window: ObservationWindow,
  heardAtUs: number,
  onDetection?: DetectionListener,
): void {
  const { topic } = delivery;
  if (topic === topicNames.detections) {
    const detection = detectionEvent.decode(delivery);
    window.detection(detection);
    onDetection?.(detection, delivery.headers['traceparent'], heardAtUs);
  } else if (topic === topicNames.outcomes) {
    // Sites tell the fates of their frames on the same topic.
    if (delivery.headers['ce_type'] === outcomeEvent.type) window.outcome(outcomeEvent.decode(delivery));
  } else if (topic === topicNames.telemetry)
    window.inference(inferenceTelemetryEvent.decode(delivery), heardAtUs);
  else {
    const telemetry = edgeTelemetryEvent.decode(delivery);
    if (topic !== siteTelemetryTopic(telemetry.site))
      throw new ContractError('MALFORMED', `site ${telemetry.site} may not write to ${topic}`);
    window.edge(telemetry, heardAtUs);
  }
}
