export type AssetErrorCode = 'MISSING' | 'CHECKSUM' | 'UNREACHABLE' | 'DOWNLOAD';

/** Why an asset can't be had; the message is one line for a user. */
export class AssetError extends Error {
  override readonly name = 'AssetError';
  readonly code: AssetErrorCode;

  constructor(code: AssetErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
