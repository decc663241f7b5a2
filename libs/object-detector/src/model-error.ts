export type ModelErrorCode = 'UNKNOWN' | 'DESCRIPTION' | 'CORRUPT' | 'WRONG_SHAPE' | 'NO_PROVIDER';

/** Why a model can't be used; the message is one line for a user. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly code: ModelErrorCode;

  constructor(code: ModelErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
