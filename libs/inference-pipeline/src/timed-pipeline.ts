import type { InferenceOptions, InferencePipeline } from './inference-pipeline.ts';
import { startInferencePipeline } from './inference-pipeline.ts';
import { timedDetector, type TimedService } from './timed-detector.ts';

export interface TimedPipelineOptions extends Pick<
  InferenceOptions,
  'instance' | 'group' | 'bus' | 'nowUs' | 'topics'
> {
  readonly service: TimedService;
  readonly onRefused: (message: string) => void;
  /** @param serviceMs as it was measured */
  readonly onBatch?: (serviceMs: number) => void;
}

/** Intake, mailbox, ledger and what is told of each frame; only the model is a time. */
export function startTimedPipeline(options: TimedPipelineOptions): Promise<InferencePipeline> {
  const { service, onRefused, onBatch, ...own } = options;
  return startInferencePipeline({
    ...own,
    lossless: false,
    minScore: 0.3,
    maxBatchOf: () => 1,
    batchWaitMs: 0,
    detectorFor: async () => timedDetector(service),
    modelOf: () => 'timed',
    intentOf: () => undefined,
    observer: {
      onRefused: (_code, message) => onRefused(message),
      onOutcome: () => {},
      onBatch: (_model, _frames, serviceMs) => onBatch?.(serviceMs),
      onModelMissing: () => {},
    },
  });
}
