import { createScene } from '@framegate/scene';
import type { I420Image } from '@framegate/scene';
import type { TruthObject } from '../scoring/timeline.ts';
import type { SceneKey } from './clip.ts';
import { clipSize, framesPerSecond } from './clip.ts';

export interface Trial {
  render(frame: number, into: Uint8Array): I420Image;
  truth(frame: number): TruthObject[];
}

export const conditions: readonly string[] = [
  'plaza',
  'rain',
  'snow',
  'night',
  'foliage',
  'shake',
  'light-step',
];
export const subjects: readonly string[] = ['walkers'];

export function openTrial({ condition, seed }: SceneKey): Trial {
  return createScene({ name: condition, seed, ...clipSize, framesPerSecond });
}
