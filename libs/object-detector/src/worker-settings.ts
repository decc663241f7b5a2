import type { HeadName } from './head.ts';
import type { DetectErrorCode } from './detect-error.ts';
import type { ImageInput, SentOutcome } from './image.ts';
import type { ModelErrorCode } from './model-error.ts';
import type { ModelInput } from './model-input.ts';

/** Where a model runs; which of them are there depends on platform and libraries. */
export const providers = ['cpu', 'cuda', 'tensorrt', 'webgpu', 'dml', 'coreml'] as const;
export type Provider = (typeof providers)[number];

/** What a detector worker is started with. */
export interface WorkerSettings {
  readonly modelPath: string;
  readonly head: HeadName;
  readonly classNames: readonly string[];
  readonly input: ModelInput;
  readonly provider: Provider;
  readonly threads: number;
  /** Images in one run, 1 or more; exactly so many where the model's batch is fixed. */
  readonly batch: number;
  readonly maxPixels: number;
}

export interface DetectRequest {
  readonly images: readonly ImageInput[];
  readonly minScore: number;
  readonly classes: readonly string[] | undefined;
}

/** One for each image, or why none could be looked at. */
export type DetectReply =
  | { readonly outcomes: readonly SentOutcome[] }
  | { readonly failure: { readonly code: DetectErrorCode; readonly message: string } };

/** What a worker says once when it has started. */
export type StartReport =
  | { readonly ready: true }
  | { readonly ready: false; readonly code: ModelErrorCode; readonly message: string };
