import type { LinkConditions } from '@framegate/fault-proxy';

/** What a line on standard input asks of the link; a string says what is wrong with it. */
export type LinkOrder = Partial<LinkConditions> | 'reset';

const amounts: Readonly<Record<string, (value: number) => Partial<LinkConditions>>> = {
  rate: (bytesPerSecond) => ({ bytesPerSecond }),
  delay: (delayMs) => ({ delayMs }),
  jitter: (jitterMs) => ({ jitterMs }),
  loss: (lossShare) => ({ lossShare }),
};

/** @throws Error for what is no order */
export function parseLinkOrder(line: string): LinkOrder {
  const [word = '', amount] = line.trim().split(/\s+/);
  if (word === 'reset') return 'reset';
  if (word === 'cut' || word === 'open') return { open: word === 'open' };
  const order = Object.hasOwn(amounts, word) ? amounts[word] : undefined;
  if (!order || amount === undefined || !(Number(amount) >= 0))
    throw new Error(
      `"${line.trim()}": expected rate, delay, jitter or loss with a number, or cut, open, reset`,
    );
  return order(Number(amount));
}
