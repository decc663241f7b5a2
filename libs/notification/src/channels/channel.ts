import type { Notification } from '../notification.ts';

/** A way to tell people or machines. */
export interface Channel {
  readonly name: string;
  readonly kind: 'webhook' | 'mqtt' | 'email';
  /** Where it leads, without secrets: for people. */
  readonly address: string;
  /** @throws DeliveryError */
  deliver(notification: Notification, thumbnail: Uint8Array | undefined): Promise<void>;
  close(): Promise<void>;
}

/** One attempt that failed. `isFinal`: another one would fail, too. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
  readonly isFinal: boolean;

  constructor(message: string, { isFinal, cause }: { isFinal: boolean; cause?: unknown }) {
    super(message, { cause });
    this.isFinal = isFinal;
  }
}
