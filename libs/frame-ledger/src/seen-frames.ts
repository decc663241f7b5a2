import type { FrameId } from '@framegate/contracts';

/**
 * Remembers which frames were met, to drop redelivered ones. It keeps between one and two times
 * `framesPerCamera` ids of a camera (two generations, the older thrown away whole), so memory is bounded;
 * a frame that comes again later than that is met anew, and consumers of detections drop its result.
 */
export interface SeenFrames {
  /** True when the frame was met before; otherwise it is remembered. */
  meet(id: FrameId): boolean;
  /** Forgets a frame that was handed back unfinished. */
  forget(id: FrameId): void;
}

interface Generations {
  young: Set<string>;
  old: Set<string>;
}

export function createSeenFrames(framesPerCamera = 4096): SeenFrames {
  const cameras = new Map<string, Generations>();
  const generationsOf = (cameraId: string): Generations => {
    let generations = cameras.get(cameraId);
    if (!generations) cameras.set(cameraId, (generations = { young: new Set(), old: new Set() }));
    return generations;
  };
  return {
    meet({ cameraId, epoch, seq }) {
      const generations = generationsOf(cameraId);
      const key = `${epoch}/${seq}`;
      if (generations.young.has(key) || generations.old.has(key)) return true;
      generations.young.add(key);
      if (generations.young.size >= framesPerCamera) {
        generations.old = generations.young;
        generations.young = new Set();
      }
      return false;
    },
    forget({ cameraId, epoch, seq }) {
      const generations = generationsOf(cameraId);
      generations.young.delete(`${epoch}/${seq}`);
      generations.old.delete(`${epoch}/${seq}`);
    },
  };
}
