import type { ArrivalRhythm } from './arrival-rhythm.ts';
import { createArrivalRhythm, nextDueUs, noteArrival } from './arrival-rhythm.ts';
import type { Age, Fate, Mail } from './mail.ts';
import { ageOf, isNewer, isTooLate } from './mail.ts';

/**
 * One slot for each camera, and who goes next.
 *
 * Every camera has a *turn*: frames served divided by its weight. A free worker takes the frame with the
 * least `wait + price x turn`, where `price` is a fixed share of the service time: fresh frames go first,
 * and a camera that was served less may be staler by `price` for each frame it is behind. This is
 * drift-plus-penalty (Neely, Stochastic Network Optimization, 2010) with the wait as penalty; cameras that
 * are `creditFrames` ahead of the least served one that waits sit out, which bounds the drift for good.
 * The wait counts from the offer, not from capture: that is what the choice can change, and clocks of
 * different sites need not agree.
 */
export interface LiveSlots<T> {
  offer(mail: Mail<T>, nowUs: number): void;
  take(max: number, nowUs: number, predictedServiceUs: number): Mail<T>[];
  size(): number;
  oldestOfferUs(): number | null;
  /** After an empty `take`: when to ask again at the latest, else null. */
  waitUntilUs(): number | null;
  held(): Iterable<Mail<T>>;
  clear(): void;
}

export interface LiveSlotsOptions<T> {
  onFate(mail: Mail<T>, fate: Fate): void;
  creditFrames: number;
  patient: boolean;
  clockUncertaintyUs(cameraId: string): number;
}

interface Slot<T> {
  mail: Mail<T> | undefined;
  newest: Age;
  offeredAtUs: number;
  turn: number;
  rhythm: ArrivalRhythm;
}

/** What one frame of lead costs, as a share of the service time; chosen in decision 0003. */
const LEAD_PRICE = 0.4;
/** Longer than any wait. */
const SITS_OUT_US = 1e15;
/** A frame may wait for its successor when that is due in less than this share of the wait so far (0003). */
const SUCCESSOR_SHARE = 0.7;

export function createLiveSlots<T>(options: LiveSlotsOptions<T>): LiveSlots<T> {
  const slots = new Map<string, Slot<T>>();
  const waiting = new Set<Slot<T>>();
  /** The least turn among those that waited, never going back: where newcomers and returners start. */
  let commonTurn = 0;
  let askAgainUs: number | null = null;

  function slotOf(cameraId: string): Slot<T> {
    let slot = slots.get(cameraId);
    if (!slot) {
      slot = {
        mail: undefined,
        newest: { epoch: -Infinity, seq: undefined, capturedAtUs: -Infinity },
        offeredAtUs: 0,
        turn: commonTurn,
        rhythm: createArrivalRhythm(),
      };
      slots.set(cameraId, slot);
    }
    return slot;
  }

  function empty(slot: Slot<T>): Mail<T> | undefined {
    const { mail } = slot;
    slot.mail = undefined;
    waiting.delete(slot);
    return mail;
  }

  function expireLate(nowUs: number, predictedServiceUs: number): void {
    for (const slot of waiting) {
      const { mail } = slot;
      if (!mail || !isTooLate(mail, nowUs, predictedServiceUs, options.clockUncertaintyUs(mail.cameraId)))
        continue;
      empty(slot);
      options.onFate(mail, 'expired');
    }
  }

  function leastTurn(): number {
    let least = Infinity;
    for (const slot of waiting) least = Math.min(least, slot.turn);
    commonTurn = Math.max(commonTurn, Number.isFinite(least) ? least : commonTurn);
    return least;
  }

  /** The best `max` waiting slots, best first, by repeated insertion: O(cameras x max). */
  function best(max: number, nowUs: number, priceUs: number): Slot<T>[] {
    const least = leastTurn();
    const costUs = (slot: Slot<T>): number => {
      const lead = slot.turn - least;
      // Those that sit out come after all others, in the same order: a batch with room still takes them.
      return nowUs - slot.offeredAtUs + priceUs * lead + (lead < options.creditFrames ? 0 : SITS_OUT_US);
    };
    const chosen: { slot: Slot<T>; costUs: number }[] = [];
    for (const slot of waiting) {
      const candidate = { slot, costUs: costUs(slot) };
      let at = chosen.length;
      while (at > 0 && precedes(candidate, chosen[at - 1])) at--;
      if (at >= max) continue;
      chosen.splice(at, 0, candidate);
      if (chosen.length > max) chosen.pop();
    }
    return chosen.map(({ slot }) => slot);
  }

  /** When it pays to let the worker idle until the next frame of this camera replaces the one held. */
  function worthWaitingUntilUs(slot: Slot<T>, nowUs: number, serviceUs: number): number | null {
    const dueUs = nextDueUs(slot.rhythm);
    const remainingUs = dueUs - nowUs;
    const waitedUs = nowUs - slot.offeredAtUs;
    const patienceUs = Math.min(SUCCESSOR_SHARE * waitedUs, serviceUs);
    return remainingUs > 0 && remainingUs < patienceUs ? dueUs : null;
  }

  return {
    offer(mail, nowUs) {
      const slot = slotOf(mail.cameraId);
      const age = ageOf(mail);
      if (!isNewer(age, slot.newest)) return options.onFate(mail, 'superseded');
      noteArrival(slot.rhythm, nowUs);
      const older = slot.mail;
      // A camera that was silent comes back with no more than its credit.
      if (!older) slot.turn = Math.max(slot.turn, commonTurn - options.creditFrames);
      slot.mail = mail;
      slot.newest = age;
      slot.offeredAtUs = nowUs;
      waiting.add(slot);
      if (older) options.onFate(older, 'superseded');
    },
    take(max, nowUs, predictedServiceUs) {
      askAgainUs = null;
      expireLate(nowUs, predictedServiceUs);
      const chosen = best(max, nowUs, LEAD_PRICE * predictedServiceUs);
      const first = chosen[0];
      if (first && options.patient) askAgainUs = worthWaitingUntilUs(first, nowUs, predictedServiceUs);
      if (askAgainUs !== null) return [];
      const batch: Mail<T>[] = [];
      for (const slot of chosen) {
        const mail = empty(slot);
        if (!mail) continue;
        slot.turn += 1 / (mail.weight ?? 1);
        batch.push(mail);
      }
      return batch;
    },
    size: () => waiting.size,
    oldestOfferUs() {
      let oldestUs = Infinity;
      for (const slot of waiting) oldestUs = Math.min(oldestUs, slot.offeredAtUs);
      return waiting.size === 0 ? null : oldestUs;
    },
    waitUntilUs: () => askAgainUs,
    *held() {
      for (const { mail } of waiting) if (mail) yield mail;
    },
    clear() {
      for (const slot of waiting) slot.mail = undefined;
      waiting.clear();
    },
  };
}

interface Candidate {
  slot: { turn: number };
  costUs: number;
}

/** Less cost first; at equal cost the camera that was served less. */
function precedes(candidate: Candidate, other: Candidate | undefined): boolean {
  if (!other) return false;
  if (candidate.costUs !== other.costUs) return candidate.costUs < other.costUs;
  return candidate.slot.turn < other.slot.turn;
}
