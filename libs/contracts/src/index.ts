export { cameraIdSchema, nameSchema, siteOf } from './camera-id.ts';
export type { CameraConfig, CameraIntent, NamedPolygon, SiteAnnouncement } from './camera-config.ts';
export {
  cameraConfigEvent,
  cameraConfigSchema,
  cameraIntentEvent,
  siteAnnouncementEvent,
  supersedes,
} from './camera-config.ts';
export type { ClockOffset, ClockReply, ClockRequest } from './clock.ts';
export { clockReplyEvent, clockRequestEvent, correctionUs } from './clock.ts';
export type { DecisionRecord } from './decision.ts';
export { decisionEvent } from './decision.ts';
export type { DetectedObject, Detection } from './detection.ts';
export { detectionEvent, latencyMs, overheadMs } from './detection.ts';
export type { EventMessage, JsonEvent } from './event.ts';
export { ContractError, isTombstone } from './event.ts';
export type { Frame, FrameKind, Region } from './frame.ts';
export { asBackfill, decodeFrame, encodeFrame, frameIdOf } from './frame.ts';
export type { FrameId } from './frame-id.ts';
export { formatFrameId, isAfter, nextEpoch } from './frame-id.ts';
export type { InferenceConfig, ModelCapacity } from './inference-config.ts';
export { inferenceConfigEvent } from './inference-config.ts';
export type { ArrivalTimes, EdgeFate, EdgeFates, FateRun, Outcome, OutcomeName } from './outcome.ts';
export { edgeFatesEvent, outcomeEvent } from './outcome.ts';
export { quarantineMessage } from './quarantine.ts';
export type {
  CameraState,
  CameraTelemetry,
  CloudCounts,
  EarlierEpoch,
  EdgeCounts,
  EdgeTelemetry,
  InferenceTelemetry,
  ModelTelemetry,
} from './telemetry.ts';
export { edgeTelemetryEvent, inferenceTelemetryEvent } from './telemetry.ts';
export type { Topic } from './topics.ts';
export {
  backfillTopic,
  backfillTopicPattern,
  clockTopicPattern,
  cloudTopics,
  edgeTopics,
  framesTopic,
  framesTopicPattern,
  maxFrameBytes,
  siteClockTopic,
  siteTelemetryTopic,
  siteTopics,
  telemetryTopicPattern,
  topicCarriesCamera,
  topicNames,
} from './topics.ts';
