import type { Detection } from '@framegate/contracts';

/** The stages of a frame's way, in order. */
export const stages = [
  'decode',
  'gate',
  'encode',
  'publish',
  'carry',
  'wait',
  'jpegDecode',
  'inference',
  'emit',
] as const;
export type Stage = (typeof stages)[number];

/**
 * How long each stage took, milliseconds. Decode, gate, encode, JPEG decode and inference are the work itself;
 * `publish` is encoded to published, `carry` published to received, `wait` received to started, and `emit` the rest
 * of the batch and the way out.
 */
export function stageTimesMs({ timesUs, workMs }: Detection): Record<Stage, number> {
  const served = (timesUs.emitted - timesUs.started) / 1000;
  return {
    decode: workMs.decode,
    gate: workMs.gate,
    encode: workMs.encode,
    publish: (timesUs.published - timesUs.encoded) / 1000,
    carry: (timesUs.received - timesUs.published) / 1000,
    wait: (timesUs.started - timesUs.received) / 1000,
    jpegDecode: workMs.jpegDecode,
    inference: workMs.inference,
    emit: Math.max(0, served - workMs.jpegDecode - workMs.inference),
  };
}
