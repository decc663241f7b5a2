import { readFileSync } from 'node:fs';
import type { Arrival } from '@framegate/load-generator';
import {
  arrivalsOf,
  createSeededRandom,
  parseRecording,
  profileNames,
  rateProfile,
} from '@framegate/load-generator';
import type { LoadOptions } from './load-options.ts';

/** A process's part of the cameras: every n-th one. */
export interface Part {
  readonly index: number;
  readonly of: number;
}

/** The arrivals of a part; cameras keep their numbers. @throws RangeError a recording with mistakes */
export function arrivalsFor(options: LoadOptions, { index, of }: Part): Iterable<Arrival> {
  const { profile, cameras, fps: framesPerSecond, seconds, spacing, motion, seed } = options;
  const name = profileNames.find((known) => known === profile);
  if (!name) return recorded(profile, seconds, { index, of });
  const own = Math.floor((cameras - index + of - 1) / of);
  const random = createSeededRandom(seed * 1000 + index);
  const arrivals = arrivalsOf({
    cameras: own,
    framesPerSecond,
    seconds,
    profile: rateProfile(name, seconds),
    spacing,
    motionShare: motion,
    whileStill: options.as === 'mjpeg' || options.as === 'rtsp' ? 'frames' : 'nothing',
    random,
  });
  return renumbered(arrivals, { index, of });
}

function* renumbered(arrivals: Iterable<Arrival>, { index, of }: Part): Generator<Arrival> {
  for (const arrival of arrivals) yield { ...arrival, camera: arrival.camera * of + index };
}

function recorded(file: string, seconds: number, { index, of }: Part): Arrival[] {
  const seqs = new Map<number, number>();
  return parseRecording(readFileSync(file, 'utf8'), file)
    .filter((frame) => frame.camera % of === index && frame.seconds < seconds)
    .map(({ seconds: at, camera }) => {
      const seq = (seqs.get(camera) ?? 0) + 1;
      seqs.set(camera, seq);
      return { dueUs: Math.round(at * 1e6), camera, seq, moves: true };
    });
}
