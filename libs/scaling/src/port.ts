/** Moves the number of replicas of one workload. */
export interface Scaler {
  /** @throws ScalingError */
  read(): Promise<Scale>;
  /**
   * Asks for so many. Resolves when it is asked, not when they run.
   * @throws RangeError no whole number from 0 up
   * @throws ScalingError
   */
  scale(replicas: number): Promise<Scale>;
  close(): Promise<void>;
}

export interface Scale {
  /** As asked for. */
  readonly wanted: number;
  /** That exist now, ready or not. */
  readonly existing: number;
}

/**
 * `REFUSED`: who asks may not; `ABSENT`: there is no such workload; `UNREACHABLE`: nobody answers, a later call may
 * succeed; `FAILED`: anything else.
 */
export type ScalingErrorCode = 'REFUSED' | 'ABSENT' | 'UNREACHABLE' | 'FAILED';

export class ScalingError extends Error {
  override readonly name = 'ScalingError';
  readonly code: ScalingErrorCode;
  constructor(code: ScalingErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** @throws RangeError */
export function checkReplicas(replicas: number): void {
  if (!Number.isInteger(replicas) || replicas < 0)
    throw new RangeError(`${replicas} replicas: expected a whole number from 0 up`);
}
