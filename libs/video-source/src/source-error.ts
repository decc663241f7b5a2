/** Why a source could not be opened or read on; each code is one class of bad input. */
export type SourceErrorCode =
  | 'INVALID_SOURCE'
  | 'NOT_FOUND'
  | 'EMPTY'
  | 'NOT_MEDIA'
  | 'NO_VIDEO'
  | 'TRUNCATED'
  | 'CORRUPT'
  | 'TOO_LARGE'
  | 'TOO_SMALL'
  | 'UNSUPPORTED'
  | 'REFUSED'
  | 'UNREACHABLE'
  | 'UNAUTHORIZED'
  | 'TIMEOUT'
  | 'DISCONNECTED'
  | 'ABORTED';

const retryableCodes: ReadonlySet<SourceErrorCode> = new Set([
  'CORRUPT',
  'REFUSED',
  'UNREACHABLE',
  'TIMEOUT',
  'DISCONNECTED',
]);

/**
 * One clear message for a source that can't be used; credentials never appear in it.
 *
 * `retryable`: trying again later may help. Wrong credentials are not retried, because cameras
 * lock accounts after a few attempts.
 */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly code: SourceErrorCode;
  readonly retryable: boolean;

  constructor(
    code: SourceErrorCode,
    message: string,
    options: { retryable?: boolean; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? retryableCodes.has(code);
  }
}
