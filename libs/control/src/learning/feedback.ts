import type { Feedback } from '../controller-state.ts';

const cutFactor = 0.75;
const leastTrim = 0.2;
const raiseStep = 0.05;
const calmSeconds = 4;
const raiseEverySeconds = 3;

export const untrimmed: Feedback = { trim: 1, calmSinceUs: null, cutAtUs: -1e15, raisedAtUs: -1e15 };

export interface FeedbackSample {
  readonly atUs: number;
  /** Results are late, and this place is to blame. */
  readonly isLate: boolean;
  /** Nothing is late or near it. */
  readonly isCalm: boolean;
  /** Everything that was asked for is in force and its dead time is over. */
  readonly isSettled: boolean;
  /** Nothing is left to take: cutting further would only wind up. */
  readonly isAtFloor: boolean;
}

/** Multiplicative decrease when the model of capacities was too hopeful, additive increase when all is calm. */
export function observeFeedback(feedback: Feedback, sample: FeedbackSample): Feedback {
  const { atUs, isLate, isCalm, isSettled, isAtFloor } = sample;
  const calmSinceUs = isCalm ? (feedback.calmSinceUs ?? atUs) : null;
  if (isLate && isSettled && !isAtFloor) {
    const trim = Math.max(leastTrim, feedback.trim * cutFactor);
    return { ...feedback, trim, cutAtUs: atUs, calmSinceUs: null };
  }
  const mayRaise = feedback.trim < 1 && isCalmFor({ ...feedback, calmSinceUs }, calmSeconds, atUs);
  if (!mayRaise || atUs - feedback.raisedAtUs < raiseEverySeconds * 1e6) return { ...feedback, calmSinceUs };
  return {
    ...feedback,
    trim: Math.min(1, feedback.trim + raiseStep),
    calmSinceUs,
    raisedAtUs: atUs,
  };
}

export function isCalmFor({ calmSinceUs }: Feedback, seconds: number, atUs: number): boolean {
  return calmSinceUs !== null && atUs - calmSinceUs >= seconds * 1e6;
}
