/**
 * `LOCKED`: somebody else holds it for too long. `FULL`: no space left. `UNAVAILABLE`: it is gone or does not answer.
 * `CORRUPT`: what is there is no history, or damaged. `NEWER_SCHEMA`: a later version wrote it. `INVALID`: the caller
 * asked for something that can't be. Few values, so it may label a metric.
 */
export type HistoryStoreErrorCode =
  'LOCKED' | 'FULL' | 'UNAVAILABLE' | 'CORRUPT' | 'NEWER_SCHEMA' | 'INVALID' | 'CLOSED';

export class HistoryStoreError extends Error {
  override readonly name = 'HistoryStoreError';
  readonly code: HistoryStoreErrorCode;

  constructor(code: HistoryStoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
