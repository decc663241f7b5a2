import type { ArrivalTimes } from '@framegate/contracts';
import type { ReceivedFrame } from './frame-intake.ts';

/** What a frame had behind it when it arrived, to whole microseconds. */
export function arrivalTimes({ frame, receivedAtUs }: ReceivedFrame): ArrivalTimes {
  const { gateMs: gate, encodeMs: encode } = frame.work;
  const between = (fromUs: number, toUs: number): number => (toUs - fromUs) / 1000;
  const edge = between(frame.capturedAtUs, frame.encodedAtUs);
  return {
    decode: Math.round(1000 * Math.max(0, edge - gate - encode)) / 1000,
    gate,
    encode,
    send: between(frame.encodedAtUs, frame.publishedAtUs),
    carry: between(frame.publishedAtUs, receivedAtUs),
  };
}
