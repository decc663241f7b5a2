import type { StoredRule } from '@framegate/notification';

/** What `/v1/notifications` tells. */
export interface NotificationsState {
  readonly rules: readonly StoredRule[];
  readonly channels: readonly ChannelState[];
}

export interface ChannelState {
  readonly name: string;
  readonly kind: 'webhook' | 'mqtt' | 'email';
  /** Without secrets. */
  readonly address: string;
}
