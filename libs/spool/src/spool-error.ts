/**
 * `DISK_FULL`: dropping what may go made no room. `FULL`: it holds its bytes, and nothing may go. `DISK_FAILED`: the disk
 * refuses for another reason. `TOO_SLOW`: more waits to be written than may. `TOO_LARGE`: the record alone exceeds a
 * bound. `IN_USE`: another process has the folder. `CLOSED`: the spool is closed.
 */
export type SpoolErrorCode =
  'DISK_FULL' | 'FULL' | 'DISK_FAILED' | 'TOO_SLOW' | 'TOO_LARGE' | 'IN_USE' | 'CLOSED';

export class SpoolError extends Error {
  override readonly name = 'SpoolError';
  readonly code: SpoolErrorCode;

  constructor(code: SpoolErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
