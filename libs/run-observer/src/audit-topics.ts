import {
  backfillTopicPattern,
  ContractError,
  decodeFrame,
  detectionEvent,
  edgeFatesEvent,
  framesTopicPattern,
  outcomeEvent,
  topicCarriesCamera,
  topicNames,
} from '@framegate/contracts';
import type { Audit, Auditor } from '@framegate/frame-ledger';
import { createAuditor } from '@framegate/frame-ledger';
import type { Delivery, MessageBus } from '@framegate/message-bus';

/**
 * Reads all that stands in the topics and rebuilds the ledger from it.
 * @param drained every reader has reached the end: a frame without outcome is lost, not on its way
 */
export async function auditTopics(bus: MessageBus, drained: boolean): Promise<Audit> {
  const auditor = createAuditor();
  const unreadable: string[] = [];
  let retentionPassed = false;
  const firstOffsets = new Set<string>();
  const subscription = await bus.subscribe({
    topics: [
      framesTopicPattern,
      backfillTopicPattern,
      topicNames.outcomes,
      topicNames.detections,
      topicNames.quarantine,
    ],
    group: null,
    from: 'earliest',
    handler: async (delivery) => {
      const place = `${delivery.topic}/${delivery.partition}`;
      if (!firstOffsets.has(place)) {
        firstOffsets.add(place);
        retentionPassed ||= delivery.offset > 0n;
      }
      try {
        take(auditor, delivery);
      } catch (error) {
        if (!(error instanceof ContractError)) throw error;
        unreadable.push(`${place}/${delivery.offset} can not be read: ${error.message}`);
      }
    },
  });
  await subscription.caughtUp();
  await subscription.close();
  const audit = auditor.finish({ drained, retentionPassed });
  return { ...audit, complaints: [...audit.complaints, ...unreadable] };
}

function take(auditor: Auditor, delivery: Delivery): void {
  const type = delivery.headers['ce_type'] ?? '';
  if (delivery.topic === topicNames.quarantine) auditor.quarantined(quarantinedId(delivery.headers));
  else if (delivery.topic === topicNames.detections) auditor.detection(detectionEvent.decode(delivery));
  else if (type.startsWith('io.framegate.edge-fates.')) auditor.fates(edgeFatesEvent.decode(delivery));
  else if (delivery.topic === topicNames.outcomes) auditor.outcome(outcomeEvent.decode(delivery));
  else takeFrame(auditor, delivery);
}

/** What is no frame, or no camera's of this site, goes to quarantine, and is counted there. */
function takeFrame(auditor: Auditor, delivery: Delivery): void {
  try {
    const frame = decodeFrame(delivery);
    if (topicCarriesCamera(delivery.topic, frame.cameraId)) auditor.frame(frame);
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
  }
}

/** A message that took another camera's name says nothing of that camera's frames. */
function quarantinedId(headers: Delivery['headers']): string {
  const place = `${headers['quarantine_topic']}/${headers['quarantine_partition']}/${headers['quarantine_offset']}`;
  return headers['quarantine_code'] === 'FOREIGN_CAMERA' ? place : (headers['ce_id'] ?? place);
}
