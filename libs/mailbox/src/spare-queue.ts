import type { Fate, Mail } from './mail.ts';

/**
 * Mail without a deadline, first in first out. Keep-alive and pre-roll go before backfill. Above `capacity`
 * the oldest backfill, or without backfill the oldest other mail, is superseded.
 */
export interface SpareQueue<T> {
  offer(mail: Mail<T>): void;
  take(): Mail<T> | undefined;
  size(): number;
  held(): Iterable<Mail<T>>;
  clear(): void;
}

export function createSpareQueue<T>(
  capacity: number,
  onFate: (mail: Mail<T>, fate: Fate) => void,
): SpareQueue<T> {
  // A Set keeps the order of arrival and gives up its first element in constant time.
  const prompt = new Set<Mail<T>>();
  const backfill = new Set<Mail<T>>();
  const shift = (queue: Set<Mail<T>>): Mail<T> | undefined => {
    const [first] = queue;
    if (first) queue.delete(first);
    return first;
  };
  return {
    offer(mail) {
      (mail.kind === 'backfill' ? backfill : prompt).add(mail);
      if (prompt.size + backfill.size <= capacity) return;
      const oldest = shift(backfill) ?? shift(prompt);
      if (oldest) onFate(oldest, 'superseded');
    },
    take: () => shift(prompt) ?? shift(backfill),
    size: () => prompt.size + backfill.size,
    *held() {
      yield* prompt;
      yield* backfill;
    },
    clear() {
      prompt.clear();
      backfill.clear();
    },
  };
}
