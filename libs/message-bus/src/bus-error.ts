/** Every way in which a bus refuses or loses something; callers branch on the code, never on the text. */
export type BusErrorCode =
  | 'AUTHENTICATION'
  | 'AUTHORIZATION'
  | 'CLOSED'
  | 'INVALID_ARGUMENT'
  | 'LANE_OVERFLOW'
  | 'MESSAGE_TOO_LARGE'
  | 'PROTOCOL'
  | 'SUPERSEDED'
  | 'TOPIC_MISSING'
  | 'TOPIC_UNFIT'
  | 'UNREACHABLE';

export class BusError extends Error {
  override readonly name = 'BusError';
  readonly code: BusErrorCode;

  constructor(code: BusErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
