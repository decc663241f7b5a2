export { backoffMs } from './backoff.ts';
export { busOnceReady } from './bus-once-ready.ts';
export { BusError, type BusErrorCode } from './bus-error.ts';
export { Condition } from './condition.ts';
export { DeliveryWindow, type FetchedMessage } from './delivery-window.ts';
export { assignPartitions } from './in-process/assignment.ts';
export { InProcessBroker, type InProcessBrokerOptions } from './in-process/broker.ts';
export { InProcessBus, type InProcessBusOptions } from './in-process/bus.ts';
export { LanedProducer } from './laned-producer.ts';
export { OffsetWatermark } from './offset-watermark.ts';
export { type LogRange, PartitionProgress } from './partition-progress.ts';
export { partitionForKey } from './partitioner.ts';
export type {
  BackoffRange,
  BusState,
  Delivery,
  DrainOptions,
  MessageBus,
  OutgoingMessage,
  Producer,
  ProducerOptions,
  SubscribeOptions,
  Subscription,
  TopicPartition,
  TopicSpec,
} from './port.ts';
export type { LaneTarget } from './producer-lane.ts';
export type { PendingMessage } from './outbox.ts';
export { settledWithin } from './settled-within.ts';
export { assertTopicsFit } from './topic-fitness.ts';
export type { ProducerTransport, TopicLayout } from './topic-route.ts';
export { validateSubscription, validateTopic } from './validation.ts';
