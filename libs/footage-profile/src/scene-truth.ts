import { createScene } from '@framegate/scene';
import type { Source } from '@framegate/video-source';
import type { Expected } from './agreement.ts';

/** Below either an object may be found or not: shares of the picture's height, and of its silhouette. */
const leastHeight = 0.06;
const leastVisible = 0.4;

/** What is really there in each frame of a scene; undefined for sources that don't tell. */
export function truthOf(source: Source): ((frameIndex: number) => Expected[]) | undefined {
  if (source.kind !== 'scene') return undefined;
  const scene = createScene(source);
  return (frameIndex) =>
    scene.truth(frameIndex).map(({ box, class: className, visible }) => ({
      box,
      className,
      optional: visible < leastVisible || box[3] < leastHeight * scene.spec.height,
    }));
}
