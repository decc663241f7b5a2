export type DetectErrorCode = 'BAD_IMAGE' | 'TOO_LARGE' | 'INFERENCE_FAILED' | 'WORKER_CRASHED' | 'CLOSED';

/** Why nothing can be said about an image. */
export class DetectError extends Error {
  override readonly name = 'DetectError';
  readonly code: DetectErrorCode;

  constructor(code: DetectErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
