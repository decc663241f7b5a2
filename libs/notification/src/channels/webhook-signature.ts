import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * `t=<Unix seconds>,v1=<hex>`: HMAC-SHA256 over `<t>.<body>`, the scheme that Stripe's webhooks made known. The time is
 * signed, so that what somebody recorded is refused later.
 */
export function signWebhook(body: string, secret: string, atSeconds: number): string {
  return `t=${atSeconds},v1=${mac(body, secret, atSeconds)}`;
}

/** For receivers, and our own tests. @param toleranceSeconds how old a message may be */
export function verifyWebhook(
  body: string,
  header: string,
  secret: string,
  nowSeconds: number,
  toleranceSeconds = 300,
): boolean {
  const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header);
  if (!match) return false;
  const [, time = '', given = ''] = match;
  const expected = mac(body, secret, Number(time));
  const isSame = timingSafeEqual(Buffer.from(given, 'hex'), Buffer.from(expected, 'hex'));
  return isSame && Math.abs(nowSeconds - Number(time)) <= toleranceSeconds;
}

function mac(body: string, secret: string, atSeconds: number): string {
  return createHmac('sha256', secret).update(`${atSeconds}.${body}`).digest('hex');
}
