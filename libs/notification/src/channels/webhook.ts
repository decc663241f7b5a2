import { redactUrl } from '@framegate/service-kit';
import type { Channel } from './channel.ts';
import { DeliveryError } from './channel.ts';
import { signWebhook } from './webhook-signature.ts';

export interface WebhookOptions {
  readonly name: string;
  /**
   * Comes from the configuration of the service and never from a page or the API, so nobody who may only use the
   * console can make it ask addresses of the inner network (server-side request forgery). Redirects are not followed.
   */
  readonly url: string;
  readonly secret: string;
  readonly timeoutMs?: number;
  readonly nowMs: () => number;
}

/** Worth another attempt: the receiver is busy or away. */
const passing = new Set([408, 425, 429]);

export function createWebhook({ name, url, secret, timeoutMs = 10_000, nowMs }: WebhookOptions): Channel {
  const address = redactUrl(url);
  return {
    name,
    kind: 'webhook',
    address,
    async deliver(notification, thumbnail) {
      const picture = thumbnail && Buffer.from(thumbnail).toString('base64');
      const body = JSON.stringify({ ...notification, ...(picture && { thumbnailJpegBase64: picture }) });
      let status: number;
      try {
        const reply = await fetch(url, {
          method: 'POST',
          body,
          redirect: 'manual',
          signal: AbortSignal.timeout(timeoutMs),
          headers: {
            'content-type': 'application/json',
            'user-agent': 'framegate',
            'idempotency-key': notification.id,
            'x-framegate-signature': signWebhook(body, secret, Math.floor(nowMs() / 1000)),
          },
        });
        ({ status } = reply);
        await reply.body?.cancel();
      } catch (error) {
        const reason = error instanceof Error ? reasonOf(error) : 'no answer';
        throw new DeliveryError(`webhook ${name}: ${address} did not answer: ${reason}`, { isFinal: false });
      }
      if (status >= 200 && status < 300) return;
      throw new DeliveryError(`webhook ${name}: ${address} answered ${status}`, {
        isFinal: status < 500 && !passing.has(status),
      });
    },
    close: async () => {},
  };
}

function reasonOf(error: Error): string {
  const { cause } = error;
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return error.name === 'TimeoutError' ? 'too late' : error.name;
}
