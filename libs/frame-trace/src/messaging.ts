import type { Frame } from '@framegate/contracts';
import { backfillTopic, formatFrameId, framesTopic, siteOf } from '@framegate/contracts';
import type { FrameIdentity } from './frame-steps.ts';

/** What a broker said of a stored message. */
export interface Stored {
  readonly partition: number;
  readonly offset: bigint;
}

/** The topic of a frame, and the name of all such topics: they differ by site in their last part, spans do not. */
export function topicOf({ cameraId, kind }: Pick<Frame, 'cameraId' | 'kind'>) {
  const site = siteOf(cameraId);
  return kind === 'backfill'
    ? { topic: backfillTopic(site), template: 'framegate.backfill.{site}' }
    : { topic: framesTopic(site), template: 'framegate.frames.{site}' };
}

/**
 * Attributes of a span about a message, after OpenTelemetry's semantic conventions for messaging
 * (https://opentelemetry.io/docs/specs/semconv/messaging/).
 */
export function messagingAttributes(
  frame: FrameIdentity,
  topic: string,
  operation: { readonly name: 'publish' | 'process'; readonly type: 'send' | 'process' },
  message: { readonly bytes?: number; readonly template?: string; readonly stored?: Stored | undefined },
): Record<string, string | number> {
  const { bytes, template, stored } = message;
  return {
    'messaging.system': 'kafka',
    'messaging.operation.name': operation.name,
    'messaging.operation.type': operation.type,
    'messaging.destination.name': topic,
    'messaging.message.id': formatFrameId(frame),
    'messaging.kafka.message.key': frame.cameraId,
    ...(template === undefined ? {} : { 'messaging.destination.template': template }),
    ...(bytes === undefined ? {} : { 'messaging.message.body.size': bytes }),
    ...(stored && {
      'messaging.destination.partition.id': String(stored.partition),
      'messaging.kafka.offset': Number(stored.offset),
    }),
  };
}

/** Which frame a span is about. */
export function frameAttributes({ cameraId, epoch, seq }: FrameIdentity): Record<string, string | number> {
  return { 'framegate.camera': cameraId, 'framegate.epoch': epoch, 'framegate.seq': seq };
}
