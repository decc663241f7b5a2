import type { ClockOffset, ClockReply } from '@framegate/contracts';

/**
 * The offset of two clocks from questions and answers, as NTP has it (RFC 5905): from one exchange it is known to
 * half of the round trip, whatever the two ways took; of several exchanges the one with the least error counts.
 */
export interface ClockFilter {
  /** Takes an answer that arrived at `arrivedAtUs` by the asking clock. Answers that can't be are passed over. */
  take(reply: ClockReply, arrivedAtUs: number): void;
  /** Undefined while there was no answer. The error grows with the age of what is known. */
  estimate(nowUs: number): ClockOffset | undefined;
}

interface Sample {
  readonly offsetUs: number;
  readonly errorUs: number;
  readonly atUs: number;
}

const maxSamples = 16;
/** What two crystals may drift apart, µs in a second: RFC 5905's PHI is 15; cheap ones in the cold drift more. */
const driftPerSecond = 50;
/** What was known this long ago is forgotten. */
const maxAgeUs = 600e6;

export function createClockFilter(): ClockFilter {
  let samples: Sample[] = [];

  const errorAt = ({ errorUs, atUs }: Sample, nowUs: number): number =>
    errorUs + (Math.abs(nowUs - atUs) / 1e6) * driftPerSecond;
  const best = (nowUs: number): Sample | undefined =>
    samples.reduce<Sample | undefined>(
      (least, next) => (least && errorAt(least, nowUs) <= errorAt(next, nowUs) ? least : next),
      undefined,
    );

  return {
    take({ sentAtUs, receivedAtUs, repliedAtUs }, arrivedAtUs) {
      const roundTripUs = arrivedAtUs - sentAtUs - (repliedAtUs - receivedAtUs);
      if (roundTripUs < 0 || repliedAtUs < receivedAtUs) return;
      const offsetUs = (receivedAtUs - sentAtUs + (repliedAtUs - arrivedAtUs)) / 2;
      const sample = { offsetUs, errorUs: roundTripUs / 2, atUs: arrivedAtUs };
      const known = best(arrivedAtUs);
      // Both can't be true: one of the clocks was set, and what came before says nothing any more.
      const stepped =
        known && Math.abs(known.offsetUs - offsetUs) > errorAt(known, arrivedAtUs) + sample.errorUs;
      const kept = stepped ? [] : samples.filter(({ atUs }) => arrivedAtUs - atUs < maxAgeUs);
      samples = [...kept, sample].slice(-maxSamples);
    },
    estimate(nowUs) {
      const known = best(nowUs);
      if (!known) return undefined;
      return { offsetUs: Math.round(known.offsetUs), errorUs: Math.ceil(errorAt(known, nowUs)) };
    },
  };
}
