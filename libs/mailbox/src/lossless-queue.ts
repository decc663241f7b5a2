import type { Mail } from './mail.ts';

/** All mail of every camera in order, cameras in turn: nothing is dropped, so the caller must push back. */
export interface LosslessQueue<T> {
  offer(mail: Mail<T>, nowUs: number): void;
  take(max: number): Mail<T>[];
  size(): number;
  oldestOfferUs(): number | null;
  held(): Iterable<Mail<T>>;
  clear(): void;
}

interface Letter<T> {
  mail: Mail<T>;
  offeredAtUs: number;
}

export function createLosslessQueue<T>(): LosslessQueue<T> {
  // The map's order is the turn: a camera that was served goes to the end.
  const turns = new Map<string, Set<Letter<T>>>();
  let size = 0;

  function takeNext(): Mail<T> | undefined {
    const [turn] = turns;
    if (!turn) return undefined;
    const [cameraId, letters] = turn;
    const [letter] = letters;
    turns.delete(cameraId);
    if (!letter) return undefined;
    letters.delete(letter);
    if (letters.size > 0) turns.set(cameraId, letters);
    size--;
    return letter.mail;
  }

  return {
    offer(mail, nowUs) {
      const letters = turns.get(mail.cameraId) ?? new Set();
      turns.set(mail.cameraId, letters.add({ mail, offeredAtUs: nowUs }));
      size++;
    },
    take(max) {
      const batch: Mail<T>[] = [];
      while (batch.length < max) {
        const mail = takeNext();
        if (!mail) break;
        batch.push(mail);
      }
      return batch;
    },
    size: () => size,
    oldestOfferUs() {
      let oldestUs = Infinity;
      for (const [letter] of turns.values()) if (letter) oldestUs = Math.min(oldestUs, letter.offeredAtUs);
      return size === 0 ? null : oldestUs;
    },
    *held() {
      for (const letters of turns.values()) for (const { mail } of letters) yield mail;
    },
    clear() {
      turns.clear();
      size = 0;
    },
  };
}
